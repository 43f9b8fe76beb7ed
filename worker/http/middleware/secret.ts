/** Secrets of callers: generating, hashing and comparing. */
import { sha256Hex } from '../../../lib/text/sha256.ts';

/** 256 random bits in base64url (RFC 4648 §5). */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/** SHA-256 in hex: the stored form of a secret. Secrets are long and random, so no slow password hash is needed. */
export async function secretHash(secret: string): Promise<string> {
  return await sha256Hex(secret);
}

/** Compares two SHA-256 digests in hex in constant time; false when either is malformed. */
export function isSameHash(a: string, b: string): boolean {
  const left = bytesOf(a);
  const right = bytesOf(b);
  return left.byteLength === 32 && right.byteLength === 32 && crypto.subtle.timingSafeEqual(left, right);
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));
}
