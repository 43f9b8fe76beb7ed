/**
 * Prometheus Alertmanager, API v2 (`POST /api/v2/alerts`): each alert of the event becomes one Alertmanager alert.
 * Alertmanager identifies an alert by its labels, so another development, entry or repetition has labels of its own.
 */
import * as z from 'zod';
import { FULL } from '../../alert/fit.ts';
import { type Message, messageOf } from '../../alert/message.ts';
import { safeLine } from '../../alert/text.ts';
import type { AlertEvent } from '../../model/alert.ts';
import { outcomeByStatus } from '../answer.ts';
import { plainLines } from '../escape.ts';
import { templatedUrl, text } from '../keys.ts';
import { kind } from '../kind.ts';
import { type Delivery, JSON_TYPE } from '../payload.ts';

/** How long an alert fires: news is never resolved, so it expires. */
const FIRING_MS = 86_400_000;

/** Credentials of HTTP Basic (RFC 7617) or Bearer (RFC 6750) authentication; values may contain `${NAME}`. */
const auth = z.union(
  [z.strictObject({ user: text, password: text }), z.strictObject({ bearer: text })],
  'expected {user, password} or {bearer}',
);

/** Sends all alerts of an event in one request. */
export const alertmanager = kind({
  keys: { url: templatedUrl, auth: auth.optional() },
  model: (keys) => ({ ...keys, auth: keys.auth ?? null }),
  secrets: { auth: 'this password' },
  example: `am: { kind: alertmanager, url: "http://alertmanager.lan:9093", auth: { user: vigie, password: "\${AM_PASSWORD}" } }`,
  docs: {
    title: 'Alertmanager',
    goesTo: 'Prometheus Alertmanager',
    limit: 'no limit of ours',
    needs: 'allow_hosts: [alertmanager.lan]',
    notes: `\`/api/v2/alerts\`. Labels: \`alertname="Vigie"\`, \`service\`, \`severity\`, \`event\`, \`rule\`, \`story\`, \`development\`, \`entry\`,
\`delivery\`; annotations: \`summary\`, \`description\`, \`link\`, \`story\`. Each alert fires for a day.`,
  },
  request: ({ url, auth }, delivery) => ({
    method: 'POST',
    url: `${url.replace(/\/+$/u, '')}/api/v2/alerts`,
    headers: [JSON_TYPE, ...authHeaders(auth)],
    body: JSON.stringify(alertsOf(delivery)),
  }),
  // 404: the address does not belong to an Alertmanager. 400: it will never accept these labels.
  outcome: (answer) => outcomeByStatus(answer, { rejected: [400, 413], channelGone: [401, 403, 404, 410] }),
  rate: () => ({ everyMs: 100, burst: 20 }),
});

/** A digest is split: Alertmanager groups alerts itself. */
function alertsOf({ id, event }: Delivery): object[] {
  if (event.type !== 'alert.digest') return [alertOf(event, id)];
  return event.data.alerts.map((data) =>
    alertOf({ type: `alert.${data.development}`, timestamp: event.timestamp, data }, id),
  );
}

function alertOf(event: Exclude<AlertEvent, { type: 'alert.digest' }>, id: string): object {
  const message = messageOf(event, FULL);
  const starts = Date.parse(event.timestamp);
  return {
    labels: { alertname: 'Vigie', service: 'vigie', severity: message.severity, ...labelsOf(event, id) },
    annotations: annotationsOf(message),
    startsAt: new Date(starts).toISOString(),
    endsAt: new Date(starts + FIRING_MS).toISOString(),
    ...(message.link === null ? {} : { generatorURL: message.link }),
  };
}

/** The delivery's id is a label, so that a retry updates the alert instead of adding one. */
function labelsOf({ type, data }: Exclude<AlertEvent, { type: 'alert.digest' }>, id: string): object {
  if (!('rule' in data)) return { event: type, subject: safeLine(data.subject), delivery: id };
  const { rule, story, development, entries } = data;
  return { event: type, rule, story, development, entry: entries[0]?.id ?? 'none', delivery: id };
}

function annotationsOf({ subject, lines, link, page }: Message): object {
  return {
    summary: subject,
    description: plainLines(lines, { addresses: true }),
    ...(link === null ? {} : { link }),
    ...(page === null ? {} : { story: page }),
  };
}

function authHeaders(credentials: z.output<typeof auth> | null): [string, string][] {
  if (credentials === null) return [];
  if ('bearer' in credentials) return [['authorization', `Bearer ${credentials.bearer}`]];
  const bytes = new TextEncoder().encode(`${credentials.user}:${credentials.password}`);
  return [['authorization', `Basic ${btoa(String.fromCharCode(...bytes))}`]];
}
