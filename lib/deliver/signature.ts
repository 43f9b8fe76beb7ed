/** Standard Webhooks signatures: v1 (HMAC-SHA256) and v1a (ed25519). Source: the Standard Webhooks specification. */
import type { EpochMs } from '../model/flavor.ts';
import { ChannelMistake } from './payload.ts';

const SYMMETRIC = 'whsec_';
const ASYMMETRIC = 'whsk_';

/** A secret of the channel, expanded. */
export interface SigningSecret {
  readonly secret: string;
  /** Signs no more from then on; null: for ever. */
  readonly until: EpochMs | null;
}

/**
 * The three headers of one attempt, signed with every secret that still holds: during a rotation a receiver that knows
 * any of them accepts. Receivers refuse timestamps more than 5 minutes off: sign when sending, never before.
 *
 * @param at seconds since 1970 of this attempt
 * @param body the very text that is sent
 *
 * Throws ChannelMistake for a key that is none, and when every secret has run out.
 */
export async function signedHeaders(
  secrets: readonly SigningSecret[],
  { id, at, body }: { id: string; at: number; body: string },
): Promise<[string, string][]> {
  const valid = secrets.filter(({ until }) => until === null || at * 1000 < until);
  if (valid.length === 0) throw new ChannelMistake('every secret of the channel has run out');
  const signed = bytesOf(`${id}.${at}.${body}`);
  const signatures = await Promise.all(
    valid.map(({ secret }) =>
      secret.startsWith(ASYMMETRIC) ? ed25519(secret, signed) : hmac(secret, signed),
    ),
  );
  return [
    ['webhook-id', id],
    ['webhook-timestamp', String(at)],
    ['webhook-signature', signatures.join(' ')],
  ];
}

/** `whsec_` + base64, or any other text, whose UTF-8 bytes are the key. */
async function hmac(secret: string, signed: Uint8Array<ArrayBuffer>): Promise<string> {
  const raw = secret.startsWith(SYMMETRIC) ? decoded(secret, SYMMETRIC) : bytesOf(secret);
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return `v1,${encoded(await crypto.subtle.sign('HMAC', key, signed))}`;
}

/** PKCS #8 of an ed25519 seed (RFC 8410 §7) up to the seed itself. */
const PKCS8_HEAD = [
  0x30, 0x2e, 0x02, 0x01, 0, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
const SEED_BYTES = 32;

/** `whsk_` + base64 of the seed, alone or followed by the public key, as libsodium keeps them. */
async function ed25519(secret: string, signed: Uint8Array<ArrayBuffer>): Promise<string> {
  const raw = decoded(secret, ASYMMETRIC);
  if (raw.length !== SEED_BYTES && raw.length !== 2 * SEED_BYTES)
    throw new ChannelMistake('a whsk_ secret holds 32 or 64 bytes');
  const pkcs8 = Uint8Array.from([...PKCS8_HEAD, ...raw.subarray(0, SEED_BYTES)]);
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'Ed25519' }, false, ['sign']);
  return `v1a,${encoded(await crypto.subtle.sign('Ed25519', key, signed))}`;
}

function decoded(secret: string, prefix: string): Uint8Array<ArrayBuffer> {
  try {
    const bytes = atob(secret.slice(prefix.length));
    if (bytes.length > 0) return Uint8Array.from(bytes, (char) => char.charCodeAt(0));
  } catch {
    // Not base64: told below.
  }
  throw new ChannelMistake(`what follows ${prefix} in the secret is no base64`);
}

function encoded(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}
