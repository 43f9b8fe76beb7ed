/** Signatures v1 (HMAC-SHA256) and v1a (ed25519) of the Standard Webhooks specification. */
import type { EpochMs } from '../model/flavor.ts';
import { ChannelMistake } from './payload.ts';

const SYMMETRIC = 'whsec_';
const ASYMMETRIC = 'whsk_';

/** A secret of the channel, with placeholders expanded. A type, because an interface is not a value of JSON. */
export type SigningSecret = {
  readonly secret: string;
  /** Wall time from which it no longer signs; null: no end. */
  readonly until: EpochMs | null;
};

/**
 * The three headers of one attempt, signed with every valid secret: during a rotation, a receiver that knows one of them
 * accepts. Receivers reject timestamps that are more than 5 minutes off, so sign when sending.
 *
 * @param at time of this attempt in seconds since 1970
 * @param body the exact text that is sent
 * @throws ChannelMistake for a malformed key, and when every secret has expired
 */
export async function signedHeaders(
  secrets: readonly SigningSecret[],
  { id, at, body }: { id: string; at: number; body: string },
): Promise<[string, string][]> {
  const valid = secrets.filter(({ until }) => until === null || at * 1000 < until);
  if (valid.length === 0)
    throw new ChannelMistake('every secret of the channel has expired: add a current one');
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

/** Key: base64 after `whsec_`, or the UTF-8 bytes of any other text. */
async function hmac(secret: string, signed: Uint8Array<ArrayBuffer>): Promise<string> {
  const raw = secret.startsWith(SYMMETRIC) ? decoded(secret, SYMMETRIC) : bytesOf(secret);
  const key = await crypto.subtle.importKey('raw', raw, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return `v1,${encoded(await crypto.subtle.sign('HMAC', key, signed))}`;
}

/** The bytes before the seed in the PKCS #8 form of an ed25519 key (RFC 8410 §7). */
const PKCS8_HEAD = [
  0x30, 0x2e, 0x02, 0x01, 0, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];
/** Length of an ed25519 seed (RFC 8032 §5.1.5). */
const SEED_BYTES = 32;

/** Key: base64 after `whsk_` of the 32-byte seed, alone or followed by the public key (as in libsodium). */
async function ed25519(secret: string, signed: Uint8Array<ArrayBuffer>): Promise<string> {
  const raw = decoded(secret, ASYMMETRIC);
  if (raw.length !== SEED_BYTES && raw.length !== 2 * SEED_BYTES)
    throw new ChannelMistake('a whsk_ secret must contain 32 or 64 bytes');
  const pkcs8 = Uint8Array.from([...PKCS8_HEAD, ...raw.subarray(0, SEED_BYTES)]);
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'Ed25519' }, false, ['sign']);
  return `v1a,${encoded(await crypto.subtle.sign('Ed25519', key, signed))}`;
}

/** @throws ChannelMistake for invalid base64 */
function decoded(secret: string, prefix: string): Uint8Array<ArrayBuffer> {
  try {
    const bytes = atob(secret.slice(prefix.length));
    if (bytes.length > 0) return Uint8Array.from(bytes, (char) => char.charCodeAt(0));
  } catch {
    // Not base64: reported below.
  }
  throw new ChannelMistake(`the secret is not valid base64 after ${prefix}`);
}

function encoded(bytes: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}
