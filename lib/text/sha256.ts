/** SHA-256 (FIPS 180-4) as 64 hexadecimal digits, lower case: the name of a document, of a body, of a secret. */

/** @param data a string is hashed as UTF-8 */
export async function sha256Hex(data: string | Uint8Array): Promise<string> {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data;
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
