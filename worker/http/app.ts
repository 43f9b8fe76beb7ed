/** The HTTP surface: health for everyone, the rest for whoever is known. */
import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { alertFeedList, alertFeedRoutes } from './alert-feeds.ts';
import type { Caller } from './auth.ts';
import { requireGrant } from './auth.ts';
import { channelRoutes } from './channels.ts';
import { configRoutes } from './config.ts';
import { deliveryRoutes } from './deliveries.ts';
import { feedRoutes } from './feeds.ts';
import { guard } from './guard.ts';
import { healthRoutes } from './health.ts';
import { liveRoutes } from './live.ts';
import { metricsRoutes } from './metrics.ts';
import { openapiRoutes } from './openapi.ts';
import { pageRoutes } from './pages.ts';
import { problem } from './problem.ts';
import { searchRoutes } from './search.ts';
import { sessionRoutes } from './session.ts';
import { statusRoutes } from './status.ts';
import { developmentRoutes, muteRoutes, storyRoutes } from './stories.ts';
import { tokenRoutes } from './tokens.ts';
import { archiveRoutes, traceRoutes } from './trace.ts';

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

export const app = new Hono<Caller>()
  .use(guard)
  .use(
    methodNotAllowed({
      app: routes,
      onMethodNotAllowed: (c, methods) => {
        c.header('allow', methods.join(', '));
        return problem(c, { status: 405, title: `this takes ${methods.join(', ')}` });
      },
    }),
  )
  .route('/', routes)
  .notFound((c) => problem(c, { status: 404, title: 'nothing here' }))
  .onError((error, c) => {
    console.error(`http: ${error.name}`);
    return problem(c, { status: 500, title: 'something broke here' });
  });
