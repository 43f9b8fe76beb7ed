/** Labelled cases: what is read of them, and the engines they run through. */
import { existsSync, readFileSync } from 'node:fs';
import { readConfig } from '../../lib/config/document/config.ts';
import { type Bundle, openBundle, packBundle } from '../../lib/match/compile/bundle.ts';
import { compileRules } from '../../lib/match/compile/compile.ts';
import type { EntryText } from '../../lib/model/entry.ts';

const ROOT = new URL('../../', import.meta.url);

/** @returns the lines of a file below test/cases; none where there is no such file */
export function readCases<T>(name: string): T[] {
  const file = new URL(`test/cases/${name}`, ROOT);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as T);
}

/** @param file relative to the project */
export async function bundleOf(file: string): Promise<Bundle> {
  const { config, problems } = readConfig(readFileSync(new URL(file, ROOT), 'utf8'), { hasVariable: null });
  const binary = config === null ? null : (await compileRules(config)).binary;
  if (config === null || binary === null)
    throw new Error(`${file}: ${problems[0]?.message ?? 'a rule fails'}`);
  return await openBundle(packBundle(config, binary, null));
}

export interface Sentence {
  readonly id: string;
  readonly lang: string;
  readonly title: string;
  readonly summary?: string;
}

export function entryOf(
  { id, lang, title, summary = '' }: Sentence,
  change: Partial<EntryText> = {},
): EntryText {
  return {
    id,
    title,
    summary,
    content: '',
    url: null,
    lang,
    publisher: null,
    country: null,
    feed: null,
    authors: [],
    tags: [],
    published: null,
    ...change,
  };
}
