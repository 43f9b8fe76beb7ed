/** All operations of the HTTP API, in the order of the documentation. Routes and `/api/openapi.json` are made of this table. */
import * as z from 'zod';
import { alertFeeds, newToken, session, signIn, tokenList, wantedToken } from './access.ts';
import {
  archiveLine,
  archiveQuery,
  entryTrace,
  found,
  searchLine,
  searchQuery,
  traceQuery,
} from './archive.ts';
import { channelList, channelTest } from './channels.ts';
import { conflict, mistakes } from './common.ts';
import { configForm, configVersions, savedConfig, saveQuery, watchedFile } from './config.ts';
import { deliveryDetail, deliveryPage, deliveryQuery, replayed, replayFilter } from './deliveries.ts';
import { feedAddress, feedId, feedList, feedLook } from './feeds.ts';
import type { Operation } from './operation.ts';
import { cspReports, healthy, ready, status } from './status.ts';
import {
  acknowledgement,
  developmentPage,
  developmentQuery,
  muteList,
  muteTarget,
  newMute,
  storyPage,
  storyQuery,
  wholeStory,
} from './stories.ts';

const text = z.string();
const yaml = { 'application/yaml': text };
const badCursor = { 400: 'The cursor or a parameter is invalid' };
const tooMany = 'Too many requests: try again after `Retry-After` seconds';

const access = {
  signIn: {
    method: 'post',
    path: '/api/session',
    summary: 'Sign in',
    access: 'public',
    body: { 'application/json': signIn },
    answer: session,
    problems: {
      401: 'The token is not valid',
      403: 'The request comes from another site',
      429: tooMany,
    },
  },
  whoAmI: { method: 'get', path: '/api/session', summary: 'Who is signed in', answer: session },
  signOut: {
    method: 'delete',
    path: '/api/session',
    summary: 'Sign out',
    access: 'public',
    answer: null,
    status: 204,
    problems: { 403: 'The request comes from another site' },
  },
  listTokens: {
    method: 'get',
    path: '/api/tokens',
    summary: 'Names, scopes and expiry of tokens',
    answer: tokenList,
  },
  createToken: {
    method: 'post',
    path: '/api/tokens',
    summary: 'Create a token; its value is returned once',
    access: 'admin',
    body: wantedToken,
    answer: newToken,
    status: 201,
    problems: { 409: 'The name is taken, or there are too many tokens' },
  },
  revokeToken: {
    method: 'delete',
    path: '/api/tokens/:name',
    summary: 'Revoke a token',
    access: 'admin',
    answer: null,
    status: 204,
    problems: { 404: 'No token has this name' },
  },
  listAlertFeeds: {
    method: 'get',
    path: '/api/alert-feeds',
    summary: 'Secret addresses of the alert feeds (Atom and JSON Feed)',
    answer: alertFeeds,
  },
  readAlertFeed: {
    method: 'get',
    path: '/alerts/:key/:file',
    summary: 'Alerts of a rule for feed readers; the address contains the key',
    access: 'public',
    answer: { 'application/atom+xml': text, 'application/feed+json': z.looseObject({}) },
    problems: { 404: 'No alert feed has this address' },
  },
} as const satisfies Readonly<Record<string, Operation>>;

const stories = {
  listStories: {
    method: 'get',
    path: '/api/stories',
    summary: 'Stories, newest first',
    query: storyQuery,
    answer: storyPage,
    problems: badCursor,
  },
  readStory: {
    method: 'get',
    path: '/api/stories/:id',
    summary: 'A story with its developments and deliveries',
    answer: wholeStory,
    problems: { 404: 'No story has this id' },
  },
  acknowledgeStory: {
    method: 'post',
    path: '/api/stories/:id/acknowledge',
    summary: 'Acknowledge a story or undo the acknowledgement',
    body: acknowledgement,
    answer: null,
    status: 204,
    problems: { 404: 'No story has this id' },
  },
  listDevelopments: {
    method: 'get',
    path: '/api/developments',
    summary: 'Developments of all stories, newest first, with or without an alert',
    query: developmentQuery,
    answer: developmentPage,
    problems: badCursor,
  },
  listMutes: { method: 'get', path: '/api/mutes', summary: 'Mutes in force', answer: muteList },
  mute: {
    method: 'post',
    path: '/api/mutes',
    summary: 'Mute a rule, story or publisher',
    body: newMute,
    answer: null,
    status: 204,
    problems: { 409: 'There are too many mutes' },
  },
  unmute: {
    method: 'delete',
    path: '/api/mutes',
    summary: 'Remove a mute',
    body: muteTarget,
    answer: null,
    status: 204,
    problems: { 404: 'The target is not muted' },
  },
} as const satisfies Readonly<Record<string, Operation>>;

const config = {
  readConfig: {
    method: 'get',
    path: '/api/config',
    summary: 'The configuration in force',
    answer: yaml,
    also: { 304: null },
    problems: { 404: 'No configuration has been saved' },
  },
  saveConfig: {
    method: 'put',
    path: '/api/config',
    summary: 'Save a configuration; If-Match names the version that was edited',
    query: saveQuery,
    body: { ...yaml, 'multipart/form-data': configForm },
    answer: savedConfig,
    problems: {
      400: 'The form or a parameter is invalid',
      412: conflict,
      413: 'The document or its bundle is too large',
      422: mistakes,
    },
  },
  rejectWatchedFile: {
    method: 'put',
    path: '/api/config/watched',
    summary: 'Record why the watched file is not in force; null: it is in force',
    body: watchedFile,
    answer: null,
    status: 204,
  },
  listConfigVersions: {
    method: 'get',
    path: '/api/config/versions',
    summary: 'Versions of the configuration, newest first',
    answer: configVersions,
  },
  readConfigVersion: {
    method: 'get',
    path: '/api/config/versions/:hash',
    summary: 'The document of a version',
    answer: yaml,
    problems: { 404: 'No version has this hash' },
  },
} as const satisfies Readonly<Record<string, Operation>>;

const feeds = {
  listFeeds: { method: 'get', path: '/api/feeds', summary: 'State of each feed', answer: feedList },
  pollFeed: {
    method: 'post',
    path: '/api/feeds/poll',
    summary: 'Poll a feed now, unless it was polled too recently',
    body: feedId,
    answer: null,
    status: 202,
    problems: { 404: 'No feed has this id, or it is paused or gone', 429: tooMany },
  },
  lookIntoFeed: {
    method: 'post',
    path: '/api/feeds/look',
    summary: 'Preview a feed, or find the feeds of a page',
    body: feedAddress,
    answer: feedLook,
    problems: { 422: 'The body is invalid, or nothing can be read at the address' },
  },
} as const satisfies Readonly<Record<string, Operation>>;

const deliveries = {
  listChannels: {
    method: 'get',
    path: '/api/channels',
    summary: 'State of each channel',
    answer: channelList,
  },
  testChannel: {
    method: 'post',
    path: '/api/channels/:id/test',
    summary: 'Send a test to a channel',
    answer: channelTest,
    problems: { 404: 'No channel has this id', 429: tooMany },
  },
  listDeliveries: {
    method: 'get',
    path: '/api/deliveries',
    summary: 'Deliveries, newest first',
    query: deliveryQuery,
    answer: deliveryPage,
    problems: badCursor,
  },
  readDelivery: {
    method: 'get',
    path: '/api/deliveries/:id',
    summary: 'A delivery with its event and attempts',
    answer: deliveryDetail,
    problems: { 404: 'No delivery has this id' },
  },
  replayDelivery: {
    method: 'post',
    path: '/api/deliveries/:id/replay',
    summary: 'Retry a failed delivery',
    answer: replayed,
    problems: { 404: 'No delivery has this id', 409: 'It is pending or delivered' },
  },
  replayDeliveries: {
    method: 'post',
    path: '/api/deliveries/replay',
    summary: 'Retry all failed deliveries that match a filter',
    body: replayFilter,
    answer: replayed,
  },
} as const satisfies Readonly<Record<string, Operation>>;

const archive = {
  readArchive: {
    method: 'get',
    path: '/api/archive',
    summary: 'One page of archived entries; the header x-next names the next page',
    query: archiveQuery,
    answer: { 'application/x-ndjson': archiveLine },
  },
  findEntries: {
    method: 'get',
    path: '/api/trace',
    summary: 'Find archived entries by address or text',
    query: traceQuery,
    answer: found,
  },
  traceEntry: {
    method: 'get',
    path: '/api/trace/:id',
    summary: 'An entry, the result of each rule, and its alerts',
    answer: entryTrace,
    problems: { 404: 'The archive has no entry with this id' },
  },
  search: {
    method: 'get',
    path: '/api/search',
    summary: 'Archived entries that an expression matches; the header x-next names the next page',
    query: searchQuery,
    answer: { 'application/x-ndjson': searchLine, 'text/csv': text },
    problems: { 422: mistakes },
  },
} as const satisfies Readonly<Record<string, Operation>>;

const service = {
  readStatus: { method: 'get', path: '/api/status', summary: 'State of the service', answer: status },
  listen: {
    method: 'get',
    path: '/api/live',
    summary:
      'Server-sent events `change`: their data names what changed (stories, feeds, channels or config)',
    answer: { 'text/event-stream': text },
  },
  countCspReports: {
    method: 'get',
    path: '/api/csp-reports',
    summary: 'Number of content security policy violations reported by browsers',
    answer: cspReports,
  },
  readMetrics: {
    method: 'get',
    path: '/metrics',
    summary: 'Metrics in the Prometheus text format',
    answer: { 'text/plain': text },
  },
  isHealthy: {
    method: 'get',
    path: '/healthz',
    summary: 'Whether the process answers',
    access: 'public',
    answer: healthy,
  },
  isReady: {
    method: 'get',
    path: '/readyz',
    summary: 'Whether feeds are polled and alerts are sent',
    access: 'public',
    answer: ready,
    also: { 503: ready },
  },
  describe: {
    method: 'get',
    path: '/api/openapi.json',
    summary: 'This description (OpenAPI 3.1)',
    access: 'public',
    answer: { 'application/json': z.looseObject({}) },
  },
} as const satisfies Readonly<Record<string, Operation>>;

/** By operation id. */
export const OPERATIONS = {
  ...access,
  ...stories,
  ...config,
  ...feeds,
  ...deliveries,
  ...archive,
  ...service,
};
