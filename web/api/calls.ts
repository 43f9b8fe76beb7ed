/** One function for each API call that the pages make. */
import { get, type Query, send } from './client.ts';
import type {
  AlertFeed,
  ChannelStatus,
  DeliveryDetail,
  DeliveryPage,
  DevelopmentPage,
  EntryTrace,
  FeedLook,
  FeedStatus,
  Found,
  Mute,
  NewToken,
  Session,
  Status,
  StoryPage,
  TestResult,
  Token,
  WholeStory,
} from './types.ts';

const id = encodeURIComponent;

export const session = () => get<Session>('/api/session');
export const signIn = (token: string) => send<Session>('POST', '/api/session', { token });
export const signOut = () => send('DELETE', '/api/session');

export const status = () => get<Status>('/api/status');
export const feeds = async () => (await get<{ feeds: readonly FeedStatus[] }>('/api/feeds')).feeds;

export const stories = (query: Query) => get<StoryPage>('/api/stories', query);
export const story = (story: string) => get<WholeStory>(`/api/stories/${id(story)}`);
export const developments = (query: Query) => get<DevelopmentPage>('/api/developments', query);
export const acknowledge = (story: string, inHand: boolean) =>
  send('POST', `/api/stories/${id(story)}/acknowledge`, { inHand });

export const mutes = async () => (await get<{ mutes: readonly Mute[] }>('/api/mutes')).mutes;
export const mute = (mute: Mute) => send('POST', '/api/mutes', mute);
export const unmute = (mute: Pick<Mute, 'scope' | 'target'>) => send('DELETE', '/api/mutes', mute);

export const pollNow = (feed: string) => send('POST', '/api/feeds/poll', { id: feed });
export const lookInto = (url: string) => send<FeedLook>('POST', '/api/feeds/look', { url });

export const channels = async () =>
  (await get<{ channels: readonly ChannelStatus[] }>('/api/channels')).channels;
export const testChannel = (channel: string) => send<TestResult>('POST', `/api/channels/${id(channel)}/test`);
export const deliveries = (query: Query) => get<DeliveryPage>('/api/deliveries', query);
export const delivery = (delivery: string) => get<DeliveryDetail>(`/api/deliveries/${id(delivery)}`);
export const replay = (delivery: string) => send('POST', `/api/deliveries/${id(delivery)}/replay`);
export const replayAll = (filter: { readonly since?: string; readonly channel?: string }) =>
  send<{ replayed: number }>('POST', '/api/deliveries/replay', filter);

export const tokens = async () => (await get<{ tokens: readonly Token[] }>('/api/tokens')).tokens;
export const makeToken = (wanted: {
  readonly name: string;
  readonly scope: 'read' | 'write';
  readonly days: number | null;
}) => send<NewToken>('POST', '/api/tokens', wanted);
export const endToken = (name: string) => send('DELETE', `/api/tokens/${id(name)}`);
export const alertFeeds = async () => (await get<{ feeds: readonly AlertFeed[] }>('/api/alert-feeds')).feeds;

export const find = (q: string) => get<Found>('/api/trace', { q });
export const trace = (entry: string) => get<EntryTrace>(`/api/trace/${id(entry)}`);
