/** Documents and answers of invented publishers. */
import type { Answer, Header, Visit } from './scenario.ts';

/** RSS 2.0; `channel` is put before the items. */
export function rss(titles: readonly string[], channel = ''): string {
  const items = titles.map((title) => `<item><title>${title}</title><guid>${title}</guid></item>`);
  return `<?xml version="1.0"?><rss version="2.0" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>Harbour</title>${channel}${items.join('')}</channel></rss>`;
}

const HARBOUR = ['Ferry late again', 'New crane arrives'];

/** 200 with a feed; by default always the same one. */
export function feed(headers: readonly Header[] = [], body: string | Buffer = rss(HARBOUR)): Answer {
  return { status: 200, headers: [['Content-Type', 'application/rss+xml'], ...headers], body };
}

/** 304 to whoever sends the ETag back, else 200 with it. */
export function unchanging(visit: Visit, etag: string, more: readonly Header[] = []): Answer {
  const headers: Header[] = [['ETag', etag], ...more];
  return visit.header('if-none-match') === etag ? { status: 304, headers } : feed(headers);
}

export const page: Answer = {
  status: 200,
  headers: [['Content-Type', 'text/html']],
  body: '<!doctype html><title>Log in</title><h1>Welcome to the hotel</h1>',
};

export const moved = (status: number, location: string): Answer => ({
  status,
  headers: [['Location', location]],
});
