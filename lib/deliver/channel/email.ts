/**
 * Mail through Cloudflare's binding or the HTTP API of Resend, Postmark or Mailgun; text and HTML have the same content.
 * Limits and answers as documented in 2026: Cloudflare Email Service (subject 998, 50 recipients), Resend
 * (Idempotency-Key, 422), Postmark (ErrorCode in the body), Mailgun (form fields).
 */
import * as z from 'zod';
import { fitted } from '../../alert/fit.ts';
import type { Line, Message } from '../../alert/message.ts';
import { cutIsolated } from '../../alert/text.ts';
import { utf8Bytes } from '../../text/cut.ts';
import { type Answer, isSuccess, jsonOf, outcomeByStatus } from '../answer.ts';
import { escapeHtml, htmlOfRuns, plainLines } from '../escape.ts';
import { isTemplated, templatedUrl, text } from '../keys.ts';
import { type Channel, type KeyFault, type Keys, kind } from '../kind.ts';
import { type ChannelRequest, type Delivery, JSON_TYPE, type Mail } from '../payload.ts';
import type { AttemptOutcome } from '../retry.ts';

/** Below the 998 of RFC 5322 §2.1.1: mail clients show less. */
const SUBJECT_UNITS_MAX = 200;
/** Of text and HTML together; below every service's limit. */
const BODY_BYTES_MAX = 400_000;

/** An email address with an optional name (RFC 5322 §3.4). */
const address = text.refine(
  (value) => isTemplated(value) || /^[^@\s<>]+@[^@\s<>]+$|^[^<>\r\n]*<[^@\s<>]+@[^@\s<>]+>$/u.test(value),
  'expected an email address: desk@example.org or Desk <desk@example.org>',
);

const keys = {
  /** `cloudflare`: the Worker's binding; otherwise an HTTP API. */
  via: z.enum(['cloudflare', 'resend', 'postmark', 'mailgun']),
  from: address,
  to: z.union(
    [z.array(address).min(1).max(50), address.transform((one) => [one])],
    'expected an email address or a list of them',
  ),
  /** Token of the HTTP API. */
  token: text.optional(),
  url: templatedUrl.optional(),
};

/** Default API addresses. Mailgun's contains the sender's domain, so it has no default. */
const URLS: Record<Keys<typeof keys>['via'], string> = {
  cloudflare: '',
  resend: 'https://api.resend.com/emails',
  postmark: 'https://api.postmarkapp.com/email',
  mailgun: '',
};

const model = (given: Keys<typeof keys>) => ({
  ...given,
  token: given.token ?? null,
  url: given.url ?? URLS[given.via],
});

type EmailChannel = Channel<ReturnType<typeof model>>;

/** Sends one mail to all recipients. */
export const email = kind({
  keys,
  model,
  faults,
  secrets: { token: 'this token' },
  example: `resend: { kind: email, via: resend, token: "\${RESEND_TOKEN}", from: vigie@example.org, to: desk@example.org }
postmark: { kind: email, via: postmark, token: "\${POSTMARK_TOKEN}", from: vigie@example.org, to: [a@example.org, b@example.org] }
mailgun:
  kind: email
  via: mailgun
  token: "\${MAILGUN_TOKEN}"
  url: https://api.mailgun.net/v3/example.org/messages
  from: vigie@example.org
  to: desk@example.org
binding: { kind: email, via: cloudflare, from: "Vigie <vigie@example.org>", to: desk@example.org }`,
  docs: {
    title: 'Email',
    goesTo: 'mailboxes',
    limit: '400 KB',
    notes: `\`cloudflare\` needs the paid plan and a binding in \`wrangler.toml\`, with addresses that are verified at Cloudflare. It
is not available on your own machine:

\`\`\`toml
[[send_email]]
name = "EMAIL"
\`\`\`

Text and HTML have the same content; mails of one story form a thread.`,
  },
  mail: (channel, delivery) => (channel.via === 'cloudflare' ? mailOf(channel, delivery) : null),
  request: (channel, delivery) => API[channel.via](channel, mailOf(channel, delivery), delivery.id),
  outcome,
  rate: () => ({ everyMs: 600, burst: 2 }),
});

/** The HTTP APIs need a token, and Mailgun needs the address of the sender's domain. */
function faults({ via, token, url }: Keys<typeof keys>): readonly KeyFault[] {
  const missing = (key: string, hint: string): KeyFault => ({
    key: 'via',
    fault: { code: 'E_MISSING_KEY', message: `the key '${key}' is missing (via: ${via})`, hint },
  });
  if (via === 'cloudflare') return [];
  const all = token === undefined ? [missing('token', `write token: "\${MAIL_TOKEN}"`)] : [];
  if (via === 'mailgun' && url === undefined)
    all.push(
      missing('url', 'write url: https://api.mailgun.net/v3/DOMAIN/messages (api.eu.mailgun.net in the EU)'),
    );
  return all;
}

/** Renders an event as text and HTML. Headers: RFC 5322 References, RFC 3834 Auto-Submitted. */
function mailOf({ from, to }: EmailChannel, { id, event }: Delivery): Mail {
  const said = fitted(event, {
    render: (message) => ({ subject: subjectOf(message), text: textOf(message), html: htmlOf(message) }),
    fits: ({ text, html }) => utf8Bytes(text) + utf8Bytes(html) <= BODY_BYTES_MAX,
  });
  const references = threadOf(event, from);
  return {
    from: oneLine(from),
    to: to.map(oneLine),
    ...said,
    // Mail clients group a story into one thread; the delivery's id keeps Gmail from hiding a repeated text.
    headers: { 'X-Entity-Ref-ID': id, 'Auto-Submitted': 'auto-generated', ...references },
  };
}

/** All mails of a story refer to the same message id (RFC 5322 §3.6.4). */
function threadOf(event: Delivery['event'], from: string): Record<string, string> {
  if (event.type === 'alert.digest' || !('story' in event.data)) return {};
  const domain = /@([A-Za-z0-9.-]+)/u.exec(from)?.[1] ?? 'vigie.invalid';
  return { References: `<${event.data.story.replace(/[^\w.-]/gu, '')}@${domain}>` };
}

/** Replaces control characters, so that a text cannot begin another header (RFC 5322 §2.2). */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/gu, ' ').trim();
}

function subjectOf({ glyph, subject }: Message): string {
  return oneLine(cutIsolated(`${glyph} ${subject}`, SUBJECT_UNITS_MAX));
}

function textOf({ headline, lines }: Message): string {
  return `${headline}\n\n${plainLines(lines, { addresses: true })}\n`;
}

function htmlOf({ headline, color, lines }: Message): string {
  return [
    '<!doctype html><html><head><meta charset="utf-8"></head>',
    '<body style="font:16px/1.5 sans-serif;color:#111;max-width:40em">',
    `<h1 style="font-size:1.1em;border-left:4px solid ${color};padding-left:.5em" dir="auto">${escapeHtml(headline)}</h1>`,
    ...lines.map(htmlLine),
    '</body></html>',
  ].join('\n');
}

const STYLES: { readonly [role in Line['role']]?: string } = {
  title: 'font-size:1.15em;margin:.6em 0 0',
  byline: 'color:#555;margin:0',
  concepts: 'font-style:italic;margin:0',
  count: 'color:#555',
  group: 'margin:1em 0 0',
};

function htmlLine({ role, runs }: Line): string {
  return `<p style="${STYLES[role] ?? 'margin:.4em 0'}" dir="auto">${htmlOfRuns(runs)}</p>`;
}

/** The request of each service. */
const API: Record<EmailChannel['via'], (channel: EmailChannel, mail: Mail, id: string) => ChannelRequest> = {
  // Sent through the binding in worker/net/send-mail.ts.
  cloudflare: () => ({ method: 'POST', url: '', headers: [], body: '' }),
  resend: ({ url, token }, mail, id) => ({
    method: 'POST',
    url,
    headers: [JSON_TYPE, ['authorization', `Bearer ${token ?? ''}`], ['idempotency-key', id]],
    body: JSON.stringify(mail),
  }),
  postmark: ({ url, token }, { from, to, subject, text, html, headers }) => ({
    method: 'POST',
    url,
    headers: [JSON_TYPE, ['accept', 'application/json'], ['x-postmark-server-token', token ?? '']],
    body: JSON.stringify({
      From: from,
      To: to.join(', '),
      Subject: subject,
      TextBody: text,
      HtmlBody: html,
      Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
    }),
  }),
  mailgun: ({ url, token }, { from, to, subject, text, html, headers }) => {
    const form = new URLSearchParams({ from, subject, text, html });
    for (const address of to) form.append('to', address);
    for (const [name, value] of Object.entries(headers)) form.append(`h:${name}`, value);
    return {
      method: 'POST',
      url,
      headers: [
        ['content-type', 'application/x-www-form-urlencoded'],
        ['authorization', `Basic ${btoa(`api:${token ?? ''}`)}`],
      ],
      body: form.toString(),
    };
  },
};

/** Postmark reports errors in `ErrorCode`; 0 means accepted. */
function outcome(answer: Answer): AttemptOutcome {
  const code = jsonOf(answer)?.['ErrorCode'];
  if (isSuccess(answer) && typeof code === 'number' && code !== 0)
    return { kind: 'rejected', status: answer.status, detail: `ErrorCode ${code}` };
  return outcomeByStatus(answer, { rejected: [400, 413, 422], channelGone: [401, 403, 404] });
}
