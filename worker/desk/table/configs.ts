/** Versions of the configuration: source and bundle stored in parts; the newest version is in force. */

import type { ConfigVersion } from '../../../lib/api/config.ts';
import type { RedRule } from '../../../lib/match/run/tests.ts';
import type { EpochMs } from '../../../lib/model/flavor.ts';
import { CONFIG_BUNDLES_MAX, CONFIG_PART_BYTES, CONFIG_VERSIONS_MAX } from '../../../lib/model/limits.ts';
import { isoTime } from '../../../lib/model/time.ts';
import { clearFact, readFact, writeFact } from './facts.ts';
import type { Sql } from './sql.ts';

type PartKind = 'source' | 'bundle';

/** SHA-256 (hex) of the configuration in force; null: none has been saved. */
export function headHash(sql: Sql): string | null {
  return (
    sql.exec<{ hash: string }>('SELECT hash FROM config ORDER BY seq DESC LIMIT 1').toArray()[0]?.hash ?? null
  );
}

/** A version to be stored. */
export interface NewVersion {
  readonly hash: string;
  readonly source: string;
  readonly bundle: Uint8Array;
  readonly at: EpochMs;
  readonly author: string | null;
  readonly reason: string | null;
}

/** Puts a version in force; saving the version in force again only replaces its bundle. */
export function saveConfig(sql: Sql, { hash, source, bundle, at, author, reason }: NewVersion): void {
  writeParts(sql, { hash, kind: 'source' }, new TextEncoder().encode(source));
  /** Replaces the bundle of a version. */
  saveBundle(sql, hash, bundle);
  if (headHash(sql) === hash) return;
  sql.exec('INSERT INTO config (hash, at, author, reason) VALUES (?, ?, ?, ?)', hash, at, author, reason);
  forgetOldVersions(sql);
}

/** Records rules in force whose own tests fail: saved with a reason, or newer code matches differently. */
export function noteRedRules(sql: Sql, red: readonly RedRule[]): void {
  if (red.length === 0) clearFact(sql, 'red-rules');
  else writeFact(sql, 'red-rules', JSON.stringify(red));
}

/** In the order of the document. */
export function redRulesInForce(sql: Sql): RedRule[] {
  return JSON.parse(readFact(sql, 'red-rules') ?? '[]') as RedRule[];
}

export function saveBundle(sql: Sql, hash: string, bundle: Uint8Array): void {
  writeParts(sql, { hash, kind: 'bundle' }, bundle);
}

/** Newest first. */
export function configVersions(sql: Sql): ConfigVersion[] {
  return sql
    .exec<{ hash: string; at: number; author: string | null; reason: string | null }>(
      'SELECT hash, at, author, reason FROM config ORDER BY seq DESC',
    )
    .toArray()
    .map((row) => ({ ...row, at: isoTime(row.at) }));
}

/** The document of a version; null: not stored. */
export function readConfigSource(sql: Sql, hash: string): string | null {
  const bytes = readParts(sql, hash, 'source');
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

/** The bundle of a version; null: not stored. */
export function readBundle(sql: Sql, hash: string): Uint8Array<ArrayBuffer> | null {
  return readParts(sql, hash, 'bundle');
}

function writeParts(sql: Sql, { hash, kind }: { hash: string; kind: PartKind }, bytes: Uint8Array): void {
  sql.exec('DELETE FROM config_part WHERE hash = ? AND kind = ?', hash, kind);
  for (let at = 0, part = 0; at < bytes.byteLength; at += CONFIG_PART_BYTES, part++) {
    const data = bytes.slice(at, at + CONFIG_PART_BYTES);
    sql.exec(
      'INSERT INTO config_part (hash, kind, part, data) VALUES (?, ?, ?, ?)',
      hash,
      kind,
      part,
      data.buffer,
    );
  }
}

function readParts(sql: Sql, hash: string, kind: PartKind): Uint8Array<ArrayBuffer> | null {
  const parts = sql
    .exec<{ data: ArrayBuffer }>(
      'SELECT data FROM config_part WHERE hash = ? AND kind = ? ORDER BY part',
      hash,
      kind,
    )
    .toArray();
  if (parts.length === 0) return null;
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.data.byteLength, 0));
  let at = 0;
  for (const { data } of parts) {
    bytes.set(new Uint8Array(data), at);
    at += data.byteLength;
  }
  return bytes;
}

function forgetOldVersions(sql: Sql): void {
  sql.exec('DELETE FROM config WHERE seq <= (SELECT max(seq) FROM config) - ?', CONFIG_VERSIONS_MAX);
  sql.exec('DELETE FROM config_part WHERE hash NOT IN (SELECT hash FROM config)');
  // A bundle takes megabytes and can be rebuilt from its source.
  sql.exec(
    `DELETE FROM config_part WHERE kind = 'bundle'
     AND hash NOT IN (SELECT hash FROM config ORDER BY seq DESC LIMIT ?)`,
    CONFIG_BUNDLES_MAX,
  );
}
