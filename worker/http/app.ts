/** All HTTP routes: health is public, the rest requires a grant. */

import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { routePath } from 'hono/route';
import { log } from '../log.ts';
import type { Caller } from './middleware/auth.ts';
import { requireGrant } from './middleware/auth.ts';
import { guard } from './middleware/guard.ts';
import { problem } from './middleware/problem.ts';
import { notFound, pageRoutes } from './pages.ts';
import { alertFeedList, alertFeedRoutes } from './routes/alert-feeds.ts';
import { channelRoutes } from './routes/channels.ts';
import { configRoutes } from './routes/config.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { feedRoutes } from './routes/feeds.ts';
import { healthRoutes } from './routes/health.ts';
import { liveRoutes } from './routes/live.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { openapiRoutes } from './routes/openapi.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { statusRoutes } from './routes/status.ts';
import { storyRoutes } from './routes/stories.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { traceRoutes } from './routes/trace.ts';

/** Routes before the middleware are public, or ask for a grant themselves (lib/api/operations.ts, `access`). */
const routes = new Hono<Caller>()
  .route('/', healthRoutes)
  .route('/', pageRoutes)
  .route('/', sessionRoutes)
  .route('/', openapiRoutes)
  .route('/', alertFeedRoutes)
  .route('/', metricsRoutes)
  .use('/api/*', requireGrant)
  .route('/', configRoutes)
  .route('/', feedRoutes)
  .route('/', channelRoutes)
  .route('/', deliveryRoutes)
  .route('/', storyRoutes)
  .route('/', tokenRoutes)
  .route('/', traceRoutes)
  .route('/', statusRoutes)
  .route('/', searchRoutes)
  .route('/', alertFeedList)
  .route('/', liveRoutes);

/** The HTTP application: guard, method check, routes, error handlers. */
export const app = new Hono<Caller>()
  .use(guard)
  .use(
    methodNotAllowed({
      app: routes,
      onMethodNotAllowed: (c, methods) => {
        c.header('allow', methods.join(', '));
        return problem(c, { status: 405, title: 'Method not allowed', detail: `use ${methods.join(', ')}` });
      },
    }),
  )
  .route('/', routes)
  .notFound(notFound)
  .onError((error, c) => {
    // The pattern of the route, not the path: the path of an alert feed is a secret.
    log('error', 'request', `failed: ${c.req.method} ${routePath(c, -1)}: ${error.name}`);
    return problem(c, { status: 500, title: 'Internal server error' });
  });
