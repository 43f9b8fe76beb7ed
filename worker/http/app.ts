/** The HTTP surface: health for everyone, the API for whoever holds the token. */
import { Hono } from 'hono';
import type { Env } from '../env.ts';
import { requireToken } from './auth.ts';
import { channelRoutes } from './channels.ts';
import { configRoutes } from './config.ts';
import { deliveryRoutes } from './deliveries.ts';
import { feedRoutes } from './feeds.ts';
import { healthRoutes } from './health.ts';
import { problem } from './problem.ts';

export const app = new Hono<{ Bindings: Env }>()
  .route('/', healthRoutes)
  .get('/', (c) => c.text('Vigie is on the lookout. /readyz tells how it fares.\n'))
  .use('/api/*', requireToken)
  .route('/api/config', configRoutes)
  .route('/api/feeds', feedRoutes)
  .route('/api/channels', channelRoutes)
  .route('/api/deliveries', deliveryRoutes)
  .notFound((c) => problem(c, { status: 404, title: 'nothing here' }))
  .onError((error, c) => {
    console.error(`http: ${error.name}`);
    return problem(c, { status: 500, title: 'something broke here' });
  });
