/** The command `vigie`: finds the subcommand and makes an exit code of its outcome. Knows no subcommand's work. */
import { EXIT, type Terminal, UsageError } from '../local/command.ts';

/** name → its module, loaded only when called. */
const COMMANDS = {
  parse: () => import('./parse.ts'),
  check: () => import('./check.ts'),
  match: () => import('./match.ts'),
  stories: () => import('./stories.ts'),
  render: () => import('./render.ts'),
  backtest: () => import('./backtest.ts'),
  import: () => import('./import.ts'),
  poll: () => import('./poll.ts'),
  push: async () => ({ run: (await import('./remote.ts')).push }),
  pull: async () => ({ run: (await import('./remote.ts')).pull }),
  history: async () => ({ run: (await import('./remote.ts')).history }),
  rollback: async () => ({ run: (await import('./remote.ts')).rollback }),
  discover: () => import('./discover.ts'),
  opml: () => import('./opml.ts'),
} as const;

const USAGE = `usage: vigie <command> [options]
  parse FILE [--content-type T] [--url U]      what a feed document says, as JSON
  parse --batch                                the same for lines {name, base64, contentType?, url?}
  check CONFIG [--json]                        every error and warning of a configuration; runs its rules' tests
  match --config CONFIG [--rule ID] [--explain]  entries in, matches out, both JSON Lines
  stories --config CONFIG                      entries in, the stories out that the desk would make of them
  render --channel KIND|ID [--config CONFIG] [--rule ID]   entries in, the message out that a channel would get
  backtest --config NEW [--against OLD]        entries in; newly caught and lost, alerts a day, worst hour
  import --from miniflux|freshrss FILE         rules of another reader as a configuration; what is left is listed
  push CONFIG --url U [--reason R] [--mine]    puts a file in force; VIGIE_TOKEN holds the token; --mine after a conflict:
                                               over the version that it was shown
  pull CONFIG --url U                          the version in force as a file
  history --url U                              versions, newest first
  rollback [VERSION] --url U                   an old version in force again; without one the last but one
  poll URL [--etag E] [--last-modified D] [--allow-loopback]   one polite poll, printed
  discover URL [--allow-loopback]              the feeds that a site's page announces
  opml import FILE [--config CONFIG]           subscriptions of another reader, added to a configuration or printed
  opml export --config CONFIG                  the feeds of a configuration for another reader
`;

export async function main(args: string[], terminal: Terminal): Promise<number> {
  const [name = '', ...rest] = args;
  if (name === '--help' || name === 'help') {
    terminal.stdout.write(USAGE);
    return EXIT.done;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name as keyof typeof COMMANDS] : null;
  if (load === null) {
    terminal.stderr.write(name === '' ? USAGE : `vigie: unknown command '${name}'\n${USAGE}`);
    return EXIT.usage;
  }
  try {
    return await (await load()).run(rest, terminal);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    terminal.stderr.write(`vigie ${name}: ${error.message}\n`);
    return EXIT.usage;
  }
}

/** Ours, or what `parseArgs` throws for an unknown or malformed option. */
function isUsageError(error: unknown): error is Error {
  if (error instanceof UsageError) return true;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('ERR_PARSE_ARGS_');
}
