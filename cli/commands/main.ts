/** The command `vigie`: runs a subcommand and exits with its code. */
import { EXIT, InputError, type Terminal, UsageError } from '../local/command.ts';

/** Module of each subcommand, loaded only when called. */
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
Commands that read entries take JSON Lines on standard input.
  parse FILE [--content-type T] [--url U]      print the content of a feed document as JSON
  parse --batch                                the same for JSON lines {name, base64, contentType?, url?}
  check CONFIG [--json]                        print all errors and warnings of a configuration, and run its tests
  match --config CONFIG [--rule ID] [--explain]  read entries, print matches as JSON Lines
  stories --config CONFIG                      read entries, print the stories that they form
  render --channel KIND|ID [--config CONFIG] [--rule ID]   read entries, print the messages that a channel would get
  backtest --config NEW [--against OLD]        read entries, print new and lost matches, alerts per day, busiest hour
  import --from miniflux|freshrss FILE         print the rules of another reader as a configuration, and list the rest
  push CONFIG --url U [--reason R] [--mine]    put a file in force; the token is read from VIGIE_TOKEN; --mine: after a
                                               conflict, replace the version that was shown
  pull CONFIG --url U                          write the version in force to a file
  history --url U                              list versions, newest first
  rollback [VERSION] --url U                   put an old version in force again (default: the one before)
  poll URL [--etag E] [--last-modified D] [--allow-loopback]   poll a feed once and print the result
  discover URL [--allow-loopback]              list the feeds that a page links to
  opml import FILE [--config CONFIG]           add the feeds of another reader to a configuration, or print them
  opml export --config CONFIG                  print the feeds of a configuration as OPML
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
    if (error instanceof InputError) {
      terminal.stderr.write(`${error.message}\n`);
      return EXIT.badInput;
    }
    const mistake = usageMistake(error);
    if (mistake === null) throw error;
    terminal.stderr.write(`vigie ${name}: ${mistake}\n`);
    return EXIT.usage;
  }
}

/** The message of a UsageError, or of the error of `parseArgs` for an unknown or malformed option; null: another error. */
function usageMistake(error: unknown): string | null {
  if (error instanceof UsageError) return error.message;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!(error instanceof Error && code.startsWith('ERR_PARSE_ARGS_'))) return null;
  // Node's message goes on with how to write the text as an argument, which no command takes.
  const [fact = error.message] = error.message.split('. ', 1);
  return `${fact.replace(/\.$/u, '')}: see \`vigie help\``;
}
