/**
 * The seen document: what the poller remembers of a shard of feeds, one KV value. Only an optimisation: a stale, wiped or
 * foreign one costs requests, not alerts. Keys: `seen/<shard>`.
 */
import type { EpochMs, FeedId, Hash53 } from '../../lib/model/flavor.ts';
import type { SeenState } from '../../lib/poll/batch.ts';
import type { SeenValidators } from '../../lib/poll/request.ts';
import type { RobotsRules } from '../../lib/poll/robots.ts';

/** What the poller remembers of one feed. */
export interface SeenFeed {
  readonly validators: SeenValidators | null;
  /** First 128 bits of the SHA-256 of the last valid body, hex: an unchanged body is not parsed. */
  readonly body: string;
  /** Fingerprints of the entries in the last window, in document order. */
  readonly window: readonly Hash53[];
}

/** Rules of a host's robots.txt that apply to us. */
export interface SeenRobots {
  readonly at: EpochMs;
  readonly rules: RobotsRules;
}

/** The document of one shard. */
export interface SeenDocument extends SeenState {
  readonly version: 2;
  readonly feeds: Readonly<Record<FeedId, SeenFeed>>;
  /** By origin; missing in documents of older versions. */
  readonly robots?: Readonly<Record<string, SeenRobots>>;
}

/** Where seen documents are stored. */
export interface SeenStore {
  /** null: none, or not readable by this version. */
  read(shard: string): Promise<SeenDocument | null>;
  write(shard: string, document: SeenDocument): Promise<void>;
}

/** Seen documents in Workers KV. */
export function kvSeenStore(kv: KVNamespace): SeenStore {
  return {
    async read(shard) {
      const text = await kv.get(`seen/${shard}`);
      return text === null ? null : readSeenDocument(text);
    },
    async write(shard, document) {
      await kv.put(`seen/${shard}`, JSON.stringify(document));
    },
  };
}

/** The format of release 0.1. */
interface SeenDocument01 extends Omit<SeenDocument, 'version' | 'deliveredIds'> {
  readonly acknowledged: SeenDocument['deliveredIds'];
}

function ofRelease01({ acknowledged, ...rest }: SeenDocument01): SeenDocument {
  return { ...rest, version: 2, deliveredIds: acknowledged };
}

/** Any doubt about the value counts as "not seen". */
function readSeenDocument(text: string): SeenDocument | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('version' in value)) return null;
    if (value.version === 2) return value as SeenDocument;
    return value.version === 1 ? ofRelease01(value as unknown as SeenDocument01) : null;
  } catch {
    return null;
  }
}
