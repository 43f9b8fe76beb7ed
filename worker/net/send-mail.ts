/** Sends mail through the Worker's `send_email` binding (Cloudflare Email Service, paid plan). */

import type { Mail } from '../../lib/deliver/payload.ts';
import type { AttemptOutcome } from '../../lib/deliver/retry.ts';

type MailAddress = string | { readonly name: string; readonly email: string };

/** The part of the `send_email` binding that is used: see docs/channels.md. */
export interface MailBinding {
  send(mail: {
    from: MailAddress;
    to: MailAddress[];
    subject: string;
    text: string;
    html: string;
    headers: Record<string, string>;
  }): Promise<{ readonly messageId?: string }>;
}

/** Error codes for which a retry would fail again (Cloudflare Email Service API reference, 2026). */
const NEVER = /INVALID|NOT_ALLOWED|NOT_VERIFIED|UNVERIFIED|TOO_LARGE|SUPPRESSED|FORBIDDEN/u;
const LATER = /RATE|LIMIT|QUOTA|THROTTL/u;

/** Never throws for what the service answers. @param binding null: not configured */
export async function sendMail(
  { from, to, headers, ...mail }: Mail,
  binding: MailBinding | null,
): Promise<AttemptOutcome> {
  if (binding === null)
    return {
      kind: 'unsent',
      status: null,
      detail: 'the Worker has no send_email binding named EMAIL: add it to wrangler.toml',
    };
  try {
    await binding.send({ ...mail, from: addressOf(from), to: to.map(addressOf), headers: { ...headers } });
    return { kind: 'delivered', status: 0 };
  } catch (error) {
    // The service reports a rejection as an exception with a code.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const said = error instanceof Error ? error.message : 'unknown error';
    const detail = `${code} ${said}`.trim();
    if (LATER.test(code)) return { kind: 'throttled', status: 0, retryAfterMs: null };
    if (NEVER.test(code)) return { kind: 'rejected', status: 0, detail };
    return { kind: 'failed', status: null, detail, ambiguous: true };
  }
}

/** Splits `Desk <desk@example.org>` into name and address, as the binding expects. */
function addressOf(text: string): MailAddress {
  const parts = /^(.*?)\s*<([^<>]+)>$/u.exec(text);
  return parts === null ? text : { name: parts[1] ?? '', email: parts[2] ?? '' };
}
