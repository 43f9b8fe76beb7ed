/**
 * `vigie render --channel KIND|ID [--config CONFIG] [--rule ID]`: reads entries as JSON Lines and prints the messages that
 * a channel would get, as they would be sent. With a configuration, only entries that its rules match.
 */
import { parseArgs } from 'node:util';
import { alertEntry } from '../../lib/alert/compose.ts';
import { singleEvent } from '../../lib/alert/event.ts';
import { exampleChannel } from '../../lib/config/document/example-channel.ts';
import { CHANNEL_KINDS, kindOf } from '../../lib/deliver/channel/table.ts';
import { ChannelMistake } from '../../lib/deliver/payload.ts';
import { type Bundle, openBundle, packBundle } from '../../lib/match/compile/bundle.ts';
import { matchEntry } from '../../lib/match/run/match.ts';
import type { Alert, AlertEntry } from '../../lib/model/alert.ts';
import type { ChannelConfig, RuleConfig } from '../../lib/model/config.ts';
import type { EntryText } from '../../lib/model/entry.ts';
import type { EpochMs } from '../../lib/model/flavor.ts';
import type { Match } from '../../lib/model/match.ts';
import { id106 } from '../../lib/text/hash.ts';
import { EXIT, type Terminal, UsageError } from '../local/command.ts';
import { compiledConfig } from './config-file.ts';
import { eachEntry } from './entry-stream.ts';

export async function run(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { channel: { type: 'string' }, config: { type: 'string' }, rule: { type: 'string' } },
  });
  if (values.channel === undefined) throw new UsageError('--channel is missing');
  if (values.rule !== undefined && values.config === undefined) throw new UsageError('--rule needs --config');
  const bundle = values.config === undefined ? null : await bundleOf(values.config, terminal);
  if (values.config !== undefined && bundle === null) return EXIT.badInput;
  const channel = channelOf(values.channel, bundle);
  const rules = rulesOf(bundle, values.rule);
  return await eachEntry(terminal, (entry, { seen }) => {
    const at = seen ?? entry.published ?? Date.now();
    const alerts = alertsOf(entry, bundle, rules);
    for (const alert of alerts) terminal.stdout.write(`${rendered(alert, channel, at)}\n`);
    return alerts.length;
  });
}

async function bundleOf(file: string, terminal: Terminal): Promise<Bundle | null> {
  const compiled = await compiledConfig(file, terminal);
  return compiled === null ? null : await openBundle(packBundle(compiled.config, compiled.binary, null));
}

/** The configured channel with that id, else an example of that kind. */
function channelOf(name: string, bundle: Bundle | null): ChannelConfig {
  const configured = bundle?.config.channels.find(({ id }) => id === name);
  if (configured !== undefined) return configured;
  const kind = CHANNEL_KINDS.find((one) => one === name);
  if (kind === undefined) {
    const known = [...(bundle?.config.channels.map(({ id }) => id) ?? []), ...CHANNEL_KINDS];
    throw new UsageError(`--channel ${name}: not a channel or kind; use one of: ${known.join(', ')}`);
  }
  return exampleChannel(kind);
}

function rulesOf(bundle: Bundle | null, id: string | undefined): readonly RuleConfig[] {
  const all = bundle?.config.rules ?? [];
  if (id === undefined) return all;
  const rule = all.find((one) => one.id === id);
  if (rule === undefined) throw new UsageError(`no rule has the id '${id}'`);
  return [rule];
}

/** A first report for each rule that matches; without a configuration, one for an example rule. */
function alertsOf(entry: EntryText, bundle: Bundle | null, rules: readonly RuleConfig[]): Alert[] {
  if (bundle === null) {
    const match: Match = { rule: 'example', spans: [], quantities: [], truncated: false };
    return [firstReport(alertEntry(entry, { match, grade: null, names: new Map() }), EXAMPLE_RULE)];
  }
  const matches = matchEntry(bundle.rules, entry);
  return rules.flatMap((rule) => {
    const match = matches.find((one) => one.rule === rule.id);
    const grade = bundle.config.feeds.find(({ id }) => id === entry.feed)?.grade ?? null;
    const { names } = bundle.lexicon;
    return match === undefined ? [] : [firstReport(alertEntry(entry, { match, grade, names }), rule)];
  });
}

const EXAMPLE_RULE = { id: 'example', title: 'Example', severity: 'medium' } as const;

function firstReport(entry: AlertEntry, rule: Pick<RuleConfig, 'id' | 'title' | 'severity'>): Alert {
  return {
    rule: rule.id,
    title: rule.title,
    severity: rule.severity,
    story: `s_${id106(entry.id)}`,
    development: 'first',
    entries: [entry],
    figures: [],
    independent: 1,
    languages: entry.lang === null ? [] : [entry.lang],
    reports: 1,
    sources: [],
    page: null,
  };
}

/**
 * @param at time of the alert: when the service saw the entry, else the entry's date, so that the same entry always gives
 *   the same message; else now. An undated entry shows no date of its own.
 */
function rendered(alert: Alert, channel: ChannelConfig, at: EpochMs): string {
  const { id, event } = singleEvent(alert, channel.id, at);
  const kind = kindOf(channel);
  if ('text' in kind) return kind.text(event);
  try {
    return kind.request(channel, { id, event }).body;
  } catch (error) {
    if (error instanceof ChannelMistake) throw new UsageError(`channel '${channel.id}': ${error.message}`);
    throw error;
  }
}
