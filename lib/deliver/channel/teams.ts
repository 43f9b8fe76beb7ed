/**
 * Microsoft Teams through a Workflows webhook: one adaptive card. Feed text is sent in TextRuns, which are shown literally;
 * a TextBlock would interpret Markdown. Limit: Microsoft Teams documentation, 28 KB a message; 24 KB leave room for what
 * Teams adds.
 */
import { fitted } from '../../alert/fit.ts';
import { mergedRuns, type Run } from '../../alert/marked.ts';
import type { Line, Message } from '../../alert/message.ts';
import type { Severity } from '../../model/config.ts';
import { utf8Bytes } from '../../text/cut.ts';
import { outcomeByStatus } from '../answer.ts';
import { templatedUrl } from '../keys.ts';
import { kind } from '../kind.ts';
import { ChannelMistake, JSON_TYPE } from '../payload.ts';

const MESSAGE_BYTES_MAX = 24_000;

/** Hosts of Office 365 connectors. The request checks them, too, for addresses that come from a variable. */
const RETIRED_HOSTS = /(?:^|\.)webhook\.office\.com$|^outlook\.office(?:365)?\.com$/iu;

const COLORS: Record<Severity, string> = {
  info: 'default',
  low: 'accent',
  medium: 'warning',
  high: 'attention',
  critical: 'attention',
};

/** Posts one adaptive card. */
export const teams = kind({
  keys: { url: templatedUrl },
  secrets: { url: 'this secret address' },
  hosts: {
    own: /(?:^|\.)(?:logic\.azure\.com|powerplatform\.com|powerautomate\.com)$/u,
    hint: 'addresses of Workflows end with .logic.azure.com or .powerplatform.com',
    retired: {
      hosts: RETIRED_HOSTS,
      message: 'Office 365 connectors were retired: messages to this address are lost',
      hint: 'in Teams, create a Workflow “Post to a channel when a webhook request is received” and use its address',
    },
  },
  example: `teams: { kind: teams, url: "\${TEAMS_WORKFLOW_URL}" }`,
  docs: {
    title: 'Microsoft Teams',
    goesTo: 'a Teams channel or chat',
    limit: '24 KB',
    notes: `In Teams: Workflows → “Post to a channel when a webhook request is received”. An adaptive card of TextRuns. Addresses
of Office 365 connectors are refused, because Microsoft retired them. 202 means that the flow accepted the message, not
that it was shown. A flow belongs to a user and stops with that account.`,
    gone: '400 of a flow that is switched off',
  },
  request: ({ url }, { event }) => {
    if (URL.canParse(url) && RETIRED_HOSTS.test(new URL(url).hostname))
      throw new ChannelMistake(
        'the address belongs to a retired Office 365 connector: create a Workflow and use its address',
      );
    return {
      method: 'POST',
      url,
      headers: [JSON_TYPE],
      body: fitted(event, { render: teamsBody, fits: (body) => utf8Bytes(body) <= MESSAGE_BYTES_MAX }),
    };
  },
  // 202: queued by Power Automate. 400 with TriggerNotEnabled: the flow was switched off.
  outcome: (answer) =>
    outcomeByStatus(answer, {
      rejected: /NotEnabled|Disabled|NotFound/iu.test(answer.body) ? [413] : [400, 413],
      channelGone: /NotEnabled|Disabled|NotFound/iu.test(answer.body)
        ? [400, 401, 403, 404, 410]
        : [401, 403, 404, 410],
    }),
  rate: () => ({ everyMs: 1_000, burst: 4 }),
});

function teamsBody(message: Message): string {
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: message.subject,
    body: [
      richText([{ text: message.headline, strong: true, href: null }], {
        size: 'Large',
        color: COLORS[message.severity],
      }),
      ...message.lines
        .filter(({ role }) => role !== 'page')
        .map(({ role, runs }) => richText(runs, STYLES[role] ?? {})),
    ],
    ...actionsOf(message),
  };
  return JSON.stringify({
    type: 'message',
    summary: message.subject,
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  });
}

type Style = Readonly<Record<string, string | boolean>>;

const STYLES: { readonly [role in Line['role']]?: Style } = {
  title: { size: 'Medium' },
  byline: { isSubtle: true },
  concepts: { italic: true },
  count: { isSubtle: true },
};

function richText(runs: readonly Run[], style: Style): object {
  return {
    type: 'RichTextBlock',
    inlines: mergedRuns(runs).map(({ text, strong, href }) => ({
      type: 'TextRun',
      text,
      ...style,
      ...(strong ? { weight: 'Bolder' } : {}),
      ...(href === null ? {} : { selectAction: { type: 'Action.OpenUrl', url: href } }),
    })),
  };
}

/** Buttons in addition to links in the text, because some clients do not open the latter. */
function actionsOf({ link, page }: Message): object {
  const actions = [
    ...(link === null ? [] : [{ type: 'Action.OpenUrl', title: 'Open', url: link }]),
    ...(page === null ? [] : [{ type: 'Action.OpenUrl', title: 'The story', url: page }]),
  ];
  return actions.length === 0 ? {} : { actions };
}
