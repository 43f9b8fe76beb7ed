/** Mail through the Worker's own binding (Cloudflare Email Service, paid plan). Knows its errors, not what is said. */

import { mailOf } from '../../lib/deliver/channel/email.ts';
import type { Delivery } from '../../lib/deliver/payload.ts';
import type { AttemptOutcome } from '../../lib/deliver/retry.ts';
import type { EmailChannel } from '../../lib/model/config.ts';

type MailAddress = string | { readonly name: string; readonly email: string };

/** What is used of `send_email`: see docs/channels.md. */
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

/** Errors that no retry mends, by what their code says (Email Service reference, 2026). */
const NEVER = /INVALID|NOT_ALLOWED|NOT_VERIFIED|UNVERIFIED|TOO_LARGE|SUPPRESSED|FORBIDDEN/u;
const LATER = /RATE|LIMIT|QUOTA|THROTTL/u;

export async function sendMail(
  channel: EmailChannel,
  delivery: Delivery,
  binding: MailBinding | null,
): Promise<AttemptOutcome> {
  if (binding === null)
    return { kind: 'unsent', status: null, detail: 'the Worker has no send_email binding named EMAIL' };
  const { from, to, headers, ...mail } = mailOf(channel, delivery);
  try {
    await binding.send({ ...mail, from: addressOf(from), to: to.map(addressOf), headers: { ...headers } });
    return { kind: 'delivered', status: 0 };
  } catch (error) {
    // An outcome: the service says no in an exception, with a code.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const said = error instanceof Error ? error.message : 'unknown error';
    const detail = `${code} ${said}`.trim();
    if (LATER.test(code)) return { kind: 'throttled', status: 0, retryAfterMs: null };
    if (NEVER.test(code)) return { kind: 'rejected', status: 0, detail };
    return { kind: 'failed', status: null, detail, ambiguous: true };
  }
}

/** `Desk <desk@example.org>` in two parts, as the binding takes it. */
function addressOf(text: string): MailAddress {
  const parts = /^(.*?)\s*<([^<>]+)>$/u.exec(text);
  return parts === null ? text : { name: parts[1] ?? '', email: parts[2] ?? '' };
}
