/** Secrets of callers: random ones made, given ones hashed and compared. */
import { sha256Hex } from '../../../lib/text/sha256.ts';

/** 256 bits, in base64url. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/** SHA-256 in hex: what is stored of a secret. Secrets are random and long, so that no slower hash is needed. */
export async function secretHash(secret: string): Promise<string> {
  return await sha256Hex(secret);
}

/** Compares two digests in hex in constant time; a malformed one is equal to none. */
export function isSameHash(a: string, b: string): boolean {
  const left = bytesOf(a);
  const right = bytesOf(b);
  return left.byteLength === 32 && right.byteLength === 32 && crypto.subtle.timingSafeEqual(left, right);
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));
}
