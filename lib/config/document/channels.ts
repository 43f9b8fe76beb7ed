/**
 * Checks of channels that the schema cannot express. Those of all kinds are here: hosts of addresses, secrets in plain
 * text. A kind's own checks are in its file in lib/deliver/channel. The checks read the document only; they send nothing.
 */
import { CHANNEL_KINDS, kindOf } from '../../deliver/channel/table.ts';
import { isTemplated } from '../../deliver/keys.ts';
import { type KeyFault, wrongValue } from '../../deliver/kind.ts';
import type { ConfigProblem } from '../../model/config.ts';
import { problemAt, problemInText } from '../../rule/problem.ts';
import type { ChannelDocument } from '../schema/channel-schema.ts';
import { pathOf, type ReadDocument } from './document.ts';

/**
 * @param read the document, for the positions of its values
 * @param channels the document's `channels`, after the schema accepted them
 * @returns problems with positions, in the order of the channels
 */
export function channelProblems(
  { places }: ReadDocument,
  channels: Readonly<Record<string, ChannelDocument>>,
): ConfigProblem[] {
  return Object.entries(channels).flatMap(([id, channel]) => {
    const path = pathOf('channels', id);
    const { faults } = kindOf(channel);
    return [...addressFaults(channel), ...(faults?.(channel) ?? []), ...literalSecrets(channel)].map(
      ({ key, fault, span }) => {
        const at = `${path}.${key}`;
        if (span !== undefined) return problemInText(places, at, span, fault);
        return problemAt(places, at, places.byPath[at] ?? places.byPath[path] ?? null, fault);
      },
    );
  });
}

/** Checks the host of an address that is written in the document. Addresses with `${…}` are skipped. */
function addressFaults({ kind, url }: ChannelDocument): KeyFault[] {
  if (typeof url !== 'string' || !URL.canParse(url) || isTemplated(url)) return [];
  const { hostname, protocol } = new URL(url);
  const all = CHANNEL_KINDS.map((one) => ({ kind: one, hosts: kindOf({ kind: one }).hosts }));
  const retired = all.find(({ hosts }) => hosts?.retired?.hosts.test(hostname))?.hosts?.retired;
  if (retired !== undefined)
    return [{ key: 'url', fault: { code: 'E_RETIRED', message: retired.message, hint: retired.hint } }];
  const owner = all.find(({ hosts }) => hosts?.own.test(hostname))?.kind ?? null;
  if (owner !== null && owner !== kind && kindOf({ kind }).acceptsAnyHost !== true)
    return [wrongValue('url', `this is an address of ${owner}, not of ${kind}`, `write kind: ${owner}`)];
  const hint = kindOf({ kind }).hosts?.hint;
  if (owner === null && hint !== undefined && isPublic(hostname)) {
    const message = `'${hostname}' is not a known host of ${kind}`;
    return [{ key: 'url', fault: { code: 'W_HOST', level: 'warning', message, hint } }];
  }
  return protocol === 'http:' && isPublic(hostname)
    ? [
        wrongValue(
          'url',
          'http is not allowed here',
          'write https://…; http is only for hosts in allow_hosts and for this machine',
        ),
      ]
    : [];
}

/**
 * False for names without a dot, private suffixes and IPv4 addresses, which may run any server. Suffixes that private
 * networks do not use (worker/net/host-policy.ts lists them, too) count as public: a request to them is refused.
 */
function isPublic(hostname: string): boolean {
  return (
    hostname.includes('.') &&
    !/^[\d.]+$|\.(?:local|internal|lan|home|corp|test|localhost|arpa)$/u.test(hostname)
  );
}

/** Warns about secrets that are written in the document instead of `${NAME}`. */
function literalSecrets(channel: ChannelDocument): KeyFault[] {
  return Object.entries(kindOf(channel).secrets ?? {}).flatMap(([key, what]) =>
    what !== undefined && texts(channel[key]).some((one) => isLiteral(key, one))
      ? [
          {
            key,
            fault: {
              code: 'W_LITERAL_SECRET',
              level: 'warning',
              message: `${what} is visible to every reader of the document`,
              hint: `write \${NAME} and set the variable NAME`,
            },
          },
        ]
      : [],
  );
}

/** An address of a server at home is not a secret. */
function isLiteral(key: string, value: string): boolean {
  if (isTemplated(value)) return false;
  return key !== 'url' || (URL.canParse(value) && isPublic(new URL(value).hostname));
}

/** All texts of a value, without those that are never secret. */
function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) =>
    typeof one === 'string' && key !== 'until' && key !== 'user' ? [one] : [],
  );
}
