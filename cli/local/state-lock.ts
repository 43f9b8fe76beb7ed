/**
 * Allows one service per state folder: two would handle each other's alarms and overwrite each other's configuration.
 * The lock is a listening socket, not a file with a process id: kill -9 releases it, and process ids are reused.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Lock =
  | { readonly kind: 'taken'; release(): void }
  | { readonly kind: 'refused'; readonly reason: string };

/** @param folder absolute; created if missing */
export async function lockState(folder: string): Promise<Lock> {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    return { kind: 'refused', reason: `${folder}: cannot be used as a state folder (${code})` };
  }
  const socket = socketOf(folder);
  let server = await listen(socket);
  if (server === null && !(await isServed(socket))) {
    // The socket file of a killed service.
    rmSync(socket, { force: true });
    server = await listen(socket);
  }
  if (server === null) {
    return {
      kind: 'refused',
      reason: `${folder}: another service is using this state folder; stop it, or use another --state`,
    };
  }
  const taken = server;
  taken.unref();
  return { kind: 'taken', release: () => void taken.close() };
}

/** A short path for any folder: the path of a socket has at most about 100 characters. */
function socketOf(folder: string): string {
  const name = `vigie-${createHash('sha256').update(folder).digest('hex').slice(0, 24)}`;
  return process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
}

function listen(socket: string): Promise<Server | null> {
  return new Promise((done) => {
    const server = createServer((connection) => connection.end());
    server.once('error', () => done(null));
    server.listen(socket, () => done(server));
  });
}

function isServed(socket: string): Promise<boolean> {
  return new Promise((done) => {
    const connection = connect(socket);
    connection.once('connect', () => {
      connection.destroy();
      done(true);
    });
    connection.once('error', () => done(false));
  });
}
