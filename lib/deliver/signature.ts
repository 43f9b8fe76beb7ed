/** Standard Webhooks signatures, scheme v1 (HMAC-SHA256). Source: the Standard Webhooks specification. */

const PREFIX = 'whsec_';

/**
 * The three headers of one attempt. Receivers refuse timestamps more than 5 minutes off: sign when sending, never before.
 *
 * @param secret `whsec_` + base64, or any other text, whose UTF-8 bytes are the key
 * @param at seconds since 1970 of this attempt
 * @param body the very text that is sent
 */
export async function signedHeaders(
  secret: string,
  { id, at, body }: { id: string; at: number; body: string },
): Promise<[string, string][]> {
  const key = await crypto.subtle.importKey(
    'raw',
    keyBytes(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  );
  const signed = bytesOf(`${id}.${at}.${body}`);
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed));
  return [
    ['webhook-id', id],
    ['webhook-timestamp', String(at)],
    ['webhook-signature', `v1,${btoa(String.fromCharCode(...mac))}`],
  ];
}

function keyBytes(secret: string): Uint8Array<ArrayBuffer> {
  if (!secret.startsWith(PREFIX)) return bytesOf(secret);
  try {
    return Uint8Array.from(atob(secret.slice(PREFIX.length)), (char) => char.charCodeAt(0));
  } catch {
    return bytesOf(secret);
  }
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}
