/** `vigie` called in this process, with streams of its own: a tenth of what a process for each call costs. */
import { Readable, Writable } from 'node:stream';
import { main } from '../../cli/commands/main.ts';

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export async function vigie(
  args: readonly string[],
  { input = '', env = {} }: { input?: string; env?: Readonly<Record<string, string>> } = {},
): Promise<Ended> {
  const [out, err] = [new Collected(), new Collected()];
  const code = await main([...args], {
    stdin: Readable.from([Buffer.from(input)]),
    stdout: out,
    stderr: err,
    env,
  });
  return { code, out: out.text(), err: err.text() };
}

class Collected extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }
}
