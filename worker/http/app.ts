/** All HTTP routes: health is public, the rest requires a grant. */

import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { routePath } from 'hono/route';
import { log } from '../log.ts';
import type { Caller } from './middleware/auth.ts';
import { requireGrant } from './middleware/auth.ts';
import { guard } from './middleware/guard.ts';
import { problem } from './middleware/problem.ts';
import { pageRoutes } from './pages.ts';
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
import { developmentRoutes, muteRoutes, storyRoutes } from './routes/stories.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { archiveRoutes, traceRoutes } from './routes/trace.ts';

const routes = new Hono<Caller>()
  .route('/', healthRoutes)
  .route('/', pageRoutes)
  .route('/api/session', sessionRoutes)
  .route('/api/openapi.json', openapiRoutes)
  .route('/alerts', alertFeedRoutes)
  .use('/metrics', requireGrant)
  .route('/metrics', metricsRoutes)
  .use('/api/*', requireGrant)
  .route('/api/config', configRoutes)
  .route('/api/feeds', feedRoutes)
  .route('/api/channels', channelRoutes)
  .route('/api/deliveries', deliveryRoutes)
  .route('/api/stories', storyRoutes)
  .route('/api/developments', developmentRoutes)
  .route('/api/mutes', muteRoutes)
  .route('/api/tokens', tokenRoutes)
  .route('/api/trace', traceRoutes)
  .route('/api/archive', archiveRoutes)
  .route('/api/status', statusRoutes)
  .route('/api/search', searchRoutes)
  .route('/api/alert-feeds', alertFeedList)
  .route('/api/live', liveRoutes);

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
  .notFound((c) => problem(c, { status: 404, title: 'Not found' }))
  .onError((error, c) => {
    // The pattern of the route, not the path: the path of an alert feed is a secret.
    log('error', 'request', `failed: ${c.req.method} ${routePath(c, -1)}: ${error.name}`);
    return problem(c, { status: 500, title: 'Internal server error' });
  });
