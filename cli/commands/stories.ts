/** `vigie stories`: reads entries and prints the stories that the desk would form of them, in order of time. */
import { parseArgs } from 'node:util';
import { languagesOf, titleOf } from '../../lib/alert/compose.ts';
import { type Bundle, openBundle, packBundle } from '../../lib/match/compile/bundle.ts';
import { matchEntry } from '../../lib/match/run/match.ts';
import type { EntryText } from '../../lib/model/entry.ts';
import { figuresOf } from '../../lib/story/development.ts';
import { independentCount, sourceGroups } from '../../lib/story/independence.ts';
import { type ReplayedStory, replayStories } from '../../lib/story/replay.ts';
import { EXIT, type Terminal, UsageError } from '../local/command.ts';
import { compiledConfig } from './config-file.ts';
import { eachEntry } from './entry-stream.ts';

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({ args, options: { config: { type: 'string' } } });
  if (values.config === undefined) throw new UsageError('--config is missing');
  const compiled = await compiledConfig(values.config, terminal);
  if (compiled === null) return EXIT.badInput;
  const bundle = await openBundle(packBundle(compiled.config, compiled.binary, null));
  const entries: EntryText[] = [];
  const code = await eachEntry(terminal, (entry) => {
    entries.push(entry);
    return matchEntry(bundle.rules, entry).length;
  });
  const stories = replayStories(bundle, entries).sort((a, b) => a.story.first - b.story.first);
  for (const one of stories) terminal.stdout.write(`${JSON.stringify(lineOf(one, bundle))}\n`);
  return code;
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
