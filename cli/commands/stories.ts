/** `vigie stories`: reads entries and prints the stories that the desk would form of them, in order of time. */
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { languagesOf, titleOf } from '../../lib/alert/compose.ts';
import { type Bundle, openBundle, packBundle } from '../../lib/match/compile/bundle.ts';
import type { EntryText } from '../../lib/model/entry.ts';
import { figuresOf } from '../../lib/story/development.ts';
import { independentCount, sourceGroups } from '../../lib/story/independence.ts';
import { type ReplayedStory, replayStories } from '../../lib/story/replay.ts';
import { EXIT, type Terminal, UsageError } from '../local/command.ts';
import { compiledConfig } from './config-file.ts';
import { readEntry } from './entry-line.ts';

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({ args, options: { config: { type: 'string' } } });
  if (values.config === undefined) throw new UsageError('--config is missing');
  const compiled = await compiledConfig(values.config, terminal);
  if (compiled === null) return EXIT.badInput;
  const bundle = await openBundle(packBundle(compiled.config, compiled.binary, null));
  const { entries, code } = await readEntries(terminal);
  const stories = replayStories(bundle, entries).sort((a, b) => a.story.first - b.story.first);
  for (const one of stories) terminal.stdout.write(`${JSON.stringify(lineOf(one, bundle))}\n`);
  return code;
}

/** A bad line is reported and does not stop the others. */
async function readEntries(terminal: Terminal): Promise<{ entries: EntryText[]; code: number }> {
  const entries: EntryText[] = [];
  let code: number = EXIT.done;
  let number = 0;
  for await (const line of createInterface({ input: terminal.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    number++;
    if (line.trim() === '') continue;
    const read = readEntry(line);
    if (typeof read !== 'string') entries.push(read.entry);
    else {
      terminal.stderr.write(`stdin:${number}:1: ${read}\n`);
      code = EXIT.badInput;
    }
  }
  return { entries, code };
}

function lineOf({ story, entries, developments }: ReplayedStory, { config, lexicon }: Bundle): object {
  const groups = sourceGroups(story.reports);
  const rule = config.rules.find(({ id }) => id === story.rule);
  const publishers = story.reports.flatMap(({ publisher }) => (publisher === null ? [] : [publisher]));
  return {
    rule: story.rule,
    story: story.id,
    entries,
    languages: languagesOf(story),
    publishers: [...new Set(publishers)],
    independent: independentCount(groups, rule?.confirm?.independent ?? 'publisher'),
    copies: groups
      .filter(({ reports }) => reports.length > 1)
      .map(({ reports }) => reports.map(({ entry }) => entry)),
    figures: figuresOf(story, titleOf(lexicon.names)),
    developments: developments.map(({ kind, at, entry }) => ({
      kind,
      at: new Date(at).toISOString(),
      entry,
    })),
  };
}
