/** Which variables of this machine a local service is given. */
import { sha256Hex } from '../../lib/text/sha256.ts';

/** Options of the command line that the Worker gets. */
export interface ServiceOptions {
  readonly everySeconds: number;
  /** Variables that any document may name (`--pass`). */
  readonly pass: readonly string[];
  readonly allowLoopback: boolean;
}

/**
 * Variables of the Worker: its own settings, and of this process's environment only what the watched file names and what
 * `--pass` gives. Not what a document saved on the pages or by API names: its author could read any variable of this
 * machine.
 *
 * @param names what the document in force and the newest one name in `${…}`
 */
export async function workerVariables(
  names: Iterable<string>,
  options: ServiceOptions,
  token: string,
): Promise<Record<string, string>> {
  const own = ['VIGIE_CONTACT', 'VIGIE_SUBSCRIBERS', 'VIGIE_PLAN'];
  const given = [...names, ...options.pass, ...own].flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...Object.fromEntries(given),
    VIGIE_TOKEN_SHA256: await sha256Hex(token),
    VIGIE_TICK_SECONDS: String(options.everySeconds),
    VIGIE_ALLOW_LOOPBACK: String(options.allowLoopback),
  };
}
