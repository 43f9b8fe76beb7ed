/**
 * PagerDuty Events API v2: a story is an incident, its developments are added to it, and a recovery resolves it. Limits
 * and answers: PagerDuty developer documentation, "Send an Alert Event" (summary 1,024, dedup_key 255, 512 KB; 202 on
 * success; 400 is never retried; 429).
 */
import { fitted } from '../../alert/fit.ts';
import type { Message } from '../../alert/message.ts';
import { safeLine } from '../../alert/text.ts';
import type { AlertEvent } from '../../model/alert.ts';
import type { Severity } from '../../model/config.ts';
import { cutText, utf8Bytes } from '../../text/cut.ts';
import { type Answer, isSuccess, jsonOf, outcomeByStatus, unlikeSuccess } from '../answer.ts';
import { plainLines } from '../escape.ts';
import { isTemplated, templatedUrl, text } from '../keys.ts';
import { kind, wrongValue } from '../kind.ts';
import { type Delivery, JSON_TYPE } from '../payload.ts';
import type { AttemptOutcome } from '../retry.ts';

const SUMMARY_UNITS_MAX = 1_024;
const DEDUP_UNITS_MAX = 255;
const BODY_BYTES_MAX = 500_000;

/** The four severities of Events API v2. */
const SEVERITIES: Record<Severity, string> = {
  info: 'info',
  low: 'info',
  medium: 'warning',
  high: 'error',
  critical: 'critical',
};

/** Sends one trigger or resolve event. */
export const pagerduty = kind({
  keys: { key: text, url: templatedUrl.default('https://events.pagerduty.com/v2/enqueue') },
  faults: ({ key }) =>
    isTemplated(key) || /^[A-Za-z0-9]{32}$/u.test(key)
      ? []
      : [
          wrongValue(
            'key',
            'this is not a valid routing key',
            'copy the 32 letters and digits from the Events API v2 integration',
          ),
        ],
  secrets: { key: 'this key' },
  hosts: { own: /^events\.(?:eu\.)?pagerduty\.com$/u },
  example: `oncall: { kind: pagerduty, key: "\${PAGERDUTY_KEY}" }
oncall-eu: { kind: pagerduty, key: "\${PAGERDUTY_KEY}", url: https://events.eu.pagerduty.com/v2/enqueue }`,
  docs: {
    title: 'PagerDuty',
    goesTo: 'a service',
    limit: '1,024 characters of summary, 500 KB',
    notes: `Events API v2. A story is one incident, which is resolved when the story closes. \`feed.ok\`, \`ticks.resumed\` and
\`outbox.ok\` resolve the incidents of \`feed.failing\`, \`ticks.stopped\`, \`outbox.old\` and the like. Severity: critical,
high → error, medium → warning, low and info → info.`,
    gone: '400 for an unknown key',
  },
  request: ({ url, key }, delivery) => ({
    method: 'POST',
    url,
    headers: [JSON_TYPE],
    body: fitted(delivery.event, {
      render: (message) => JSON.stringify({ routing_key: key, ...pagerEvent(message, delivery) }),
      fits: (body) => utf8Bytes(body) <= BODY_BYTES_MAX,
    }),
  }),
  outcome,
  rate: () => ({ everyMs: 1_000, burst: 10 }),
});

/** An unknown routing key is reported as 400. */
function outcome(answer: Answer): AttemptOutcome {
  if (isSuccess(answer) && jsonOf(answer)?.['status'] !== 'success') return unlikeSuccess(answer);
  const unknownKey = answer.status === 400 && /routing.key/iu.test(answer.body);
  return outcomeByStatus(answer, {
    rejected: unknownKey ? [413] : [400, 413],
    channelGone: unknownKey ? [400, 401, 403, 404] : [401, 403, 404],
  });
}

function pagerEvent(message: Message, { id, event }: Delivery): object {
  const links = [
    ...(message.link === null ? [] : [{ href: message.link, text: 'First report' }]),
    ...(message.page === null ? [] : [{ href: message.page, text: 'The story' }]),
  ];
  return {
    event_action: isRecovery(event) ? 'resolve' : 'trigger',
    dedup_key: cutText(incidentOf(id, event), DEDUP_UNITS_MAX),
    payload: {
      summary: cutText(message.subject, SUMMARY_UNITS_MAX),
      source: 'vigie',
      severity: SEVERITIES[message.severity],
      timestamp: event.timestamp,
      component: componentOf(event),
      class: event.type,
      custom_details: { report: plainLines(message.lines, { addresses: true }) },
    },
    client: 'Vigie',
    links,
  };
}

/** Events with the same key belong to one incident. */
function incidentOf(id: string, event: AlertEvent): string {
  if (event.type === 'alert.digest') return id;
  if ('rule' in event.data) return event.data.story;
  return `vigie ${event.type.split('.')[0]} ${safeLine(event.data.subject)}`;
}

function componentOf(event: AlertEvent): string {
  if (event.type === 'alert.digest') return 'digest';
  return 'rule' in event.data ? event.data.rule : safeLine(event.data.subject);
}

function isRecovery({ type }: AlertEvent): boolean {
  return type === 'feed.ok' || type === 'ticks.resumed' || type === 'outbox.ok' || type === 'alert.closed';
}
