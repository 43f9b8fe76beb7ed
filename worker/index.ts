/** Entry point of the Worker: connects the platform's events to handlers. */

import type { Env } from './env.ts';
import { app } from './http/app.ts';
import { tick } from './poll/tick.ts';

export { Desk } from './desk/desk.ts';

export default {
  fetch: (request, env, context) => app.fetch(request, env, context),
  scheduled: (event, env) => tick(event.scheduledTime, env),
} satisfies ExportedHandler<Env>;
