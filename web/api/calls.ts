/** One function for each API call that the pages make. */

import type { AlertFeeds, NewToken, Session, TokenList, WantedToken } from '../../lib/api/access.ts';
import type { EntryTrace, Found } from '../../lib/api/archive.ts';
import type { ChannelList, ChannelTest } from '../../lib/api/channels.ts';
import type { DeliveryDetail, DeliveryPage, Replayed, ReplayFilter } from '../../lib/api/deliveries.ts';
import type { FeedList, FeedLook } from '../../lib/api/feeds.ts';
import type { Status } from '../../lib/api/status.ts';
import type {
  DevelopmentPage,
  Mute,
  MuteList,
  MuteTarget,
  StoryPage,
  WholeStory,
} from '../../lib/api/stories.ts';
import { get, type Query, send } from './client.ts';

const id = encodeURIComponent;

export const session = () => get<Session>('/api/session');
export const signIn = (token: string) => send<Session>('POST', '/api/session', { token });
export const signOut = () => send('DELETE', '/api/session');

export const status = () => get<Status>('/api/status');
export const feeds = async () => (await get<FeedList>('/api/feeds')).feeds;

export const stories = (query: Query) => get<StoryPage>('/api/stories', query);
export const story = (story: string) => get<WholeStory>(`/api/stories/${id(story)}`);
export const developments = (query: Query) => get<DevelopmentPage>('/api/developments', query);
export const acknowledge = (story: string, inHand: boolean) =>
  send('POST', `/api/stories/${id(story)}/acknowledge`, { inHand });

export const mutes = async () => (await get<MuteList>('/api/mutes')).mutes;
export const mute = (mute: Mute) => send('POST', '/api/mutes', mute);
export const unmute = (mute: MuteTarget) => send('DELETE', '/api/mutes', mute);

export const pollNow = (feed: string) => send('POST', '/api/feeds/poll', { id: feed });
export const lookInto = (url: string) => send<FeedLook>('POST', '/api/feeds/look', { url });

export const channels = async () => (await get<ChannelList>('/api/channels')).channels;
export const testChannel = (channel: string) =>
  send<ChannelTest>('POST', `/api/channels/${id(channel)}/test`);
export const deliveries = (query: Query) => get<DeliveryPage>('/api/deliveries', query);
export const delivery = (delivery: string) => get<DeliveryDetail>(`/api/deliveries/${id(delivery)}`);
export const replay = (delivery: string) => send('POST', `/api/deliveries/${id(delivery)}/replay`);
export const replayAll = (filter: ReplayFilter) => send<Replayed>('POST', '/api/deliveries/replay', filter);

export const tokens = async () => (await get<TokenList>('/api/tokens')).tokens;
export const makeToken = (wanted: WantedToken) => send<NewToken>('POST', '/api/tokens', wanted);
export const endToken = (name: string) => send('DELETE', `/api/tokens/${id(name)}`);
export const alertFeeds = async () => (await get<AlertFeeds>('/api/alert-feeds')).feeds;

export const find = (q: string) => get<Found>('/api/trace', { q });
export const trace = (entry: string) => get<EntryTrace>(`/api/trace/${id(entry)}`);
