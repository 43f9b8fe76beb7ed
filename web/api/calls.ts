/** One function for each call that the pages make. */
import { get, type Query, send } from './client.ts';
import type { EntryTrace, FeedStatus, Found, Mute, Session, Status, StoryPage, WholeStory } from './types.ts';

const id = encodeURIComponent;

export const session = () => get<Session>('/api/session');
export const signIn = (token: string) => send<Session>('POST', '/api/session', { token });
export const signOut = () => send('DELETE', '/api/session');

export const status = () => get<Status>('/api/status');
export const feeds = async () => (await get<{ feeds: readonly FeedStatus[] }>('/api/feeds')).feeds;

export const stories = (query: Query) => get<StoryPage>('/api/stories', query);
export const story = (story: string) => get<WholeStory>(`/api/stories/${id(story)}`);
export const acknowledge = (story: string, inHand: boolean) =>
  send('POST', `/api/stories/${id(story)}/acknowledge`, { inHand });

export const mutes = async () => (await get<{ mutes: readonly Mute[] }>('/api/mutes')).mutes;
export const mute = (mute: Mute) => send('POST', '/api/mutes', mute);
export const unmute = (mute: Pick<Mute, 'scope' | 'target'>) => send('DELETE', '/api/mutes', mute);

export const find = (q: string) => get<Found>('/api/trace', { q });
export const trace = (entry: string) => get<EntryTrace>(`/api/trace/${id(entry)}`);
