/**
 * Matrix: PUT of a message event whose transaction id is the delivery's id, so that the server drops repeats. Limits and
 * answers: Matrix client-server API v1.16 (event 65,536 bytes; M_LIMIT_EXCEEDED with retry_after_ms; an empty
 * `m.mentions` notifies no user, whatever the text contains).
 */
import { fitted } from '../../alert/fit.ts';
import type { Run } from '../../alert/marked.ts';
import type { Line, Message } from '../../alert/message.ts';
import { hostOf } from '../../alert/text.ts';
import { utf8Bytes } from '../../text/cut.ts';
import { type Answer, isSuccess, jsonOf, outcomeByStatus, unlikeSuccess } from '../answer.ts';
import { escapeHtml, htmlOfRuns, plainLines, withoutMentions } from '../escape.ts';
import { isTemplated, templatedUrl, text } from '../keys.ts';
import { kind, wrongValue } from '../kind.ts';
import { JSON_TYPE } from '../payload.ts';
import type { AttemptOutcome } from '../retry.ts';

/** Half of an event's limit: servers add members, and bridges encrypt the event. */
const CONTENT_BYTES_MAX = 32_000;

/** Sends one message event to a room. */
export const matrix = kind({
  keys: { url: templatedUrl, token: text, room: text },
  faults: ({ room }) =>
    isTemplated(room) || room.startsWith('!')
      ? []
      : [
          wrongValue(
            'room',
            'this is not a valid room id',
            'copy the id that begins with ! from the advanced settings of the room',
          ),
        ],
  secrets: { token: 'this token' },
  example: `room: { kind: matrix, url: "https://matrix.example.org", token: "\${MATRIX_TOKEN}", room: "!abcdef:example.org" }`,
  docs: {
    title: 'Matrix',
    goesTo: 'a room',
    limit: '32 KB',
    notes: `\`room\` is the id (\`!…\`), not the alias. The account must have joined it. Not for encrypted rooms. Vigie sets the
transaction id, so the server drops a repeated message.`,
    pace: ", Synapse's default",
  },
  request: ({ url, token, room }, { id, event }) => ({
    method: 'PUT',
    url: `${url.replace(/\/+$/u, '')}/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${encodeURIComponent(id)}`,
    headers: [JSON_TYPE, ['authorization', `Bearer ${token}`]],
    body: fitted(event, { render: matrixBody, fits: (body) => utf8Bytes(body) <= CONTENT_BYTES_MAX }),
  }),
  outcome,
  // Synapse's default for one user: ten messages at once, then one every five seconds.
  rate: () => ({ everyMs: 5_000, burst: 10 }),
});

/** A success without `event_id` is not from a Matrix server. */
function outcome(answer: Answer): AttemptOutcome {
  const json = jsonOf(answer);
  if (isSuccess(answer) && typeof json?.['event_id'] !== 'string') return unlikeSuccess(answer);
  const ms = json?.['retry_after_ms'];
  return outcomeByStatus(
    answer,
    { rejected: [400, 413], channelGone: [401, 403, 404] },
    typeof ms === 'number' && ms >= 0 ? ms : null,
  );
}

function matrixBody({ glyph, headline, lines }: Message): string {
  const safe = lines.map((line) => ({ ...line, runs: line.runs.map(withoutPills) }));
  return JSON.stringify({
    msgtype: 'm.text',
    body: withoutMentions(`${glyph} ${headline}\n${plainLines(safe, { addresses: true })}`),
    format: 'org.matrix.custom.html',
    formatted_body: [`${glyph} <b>${escapeText(headline)}</b>`, ...safe.map(htmlLine)].join('<br>'),
    'm.mentions': {},
  });
}

function htmlLine({ role, runs }: Line): string {
  const html = htmlOfRuns(runs, escapeText);
  return role === 'concepts' ? `<i>${html}</i>` : html;
}

/** Clients render a link to matrix.to as a user or a room: such links become plain text. */
function withoutPills(run: Run): Run {
  return hostOf(run.href) === 'matrix.to' ? { ...run, href: null } : run;
}

function escapeText(text: string): string {
  return escapeHtml(withoutMentions(text));
}
