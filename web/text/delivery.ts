/** Words for deliveries, whose states and reasons the API gives as codes. Pure. */

/** Keys are the kinds of AttemptOutcome (lib/deliver/retry.ts); `ambiguous` is a failure after which the receiver may have the alert. */
const RESULTS: Readonly<Record<string, string>> = {
  delivered: 'delivered',
  rejected: 'not accepted by the receiver',
  'channel-gone': 'the address no longer exists',
  throttled: 'the receiver asked to wait',
  unsent: 'not sent',
  failed: 'failed',
  ambiguous: 'no clear answer',
};
const REASONS: Readonly<Record<string, string>> = {
  rejected: 'the receiver does not accept it',
  'attempts-used-up': 'all attempts failed',
  'channel-gone': 'the address no longer exists',
  'channel-disabled': 'the channel was disabled',
  'channel-removed': 'the channel was removed from the configuration',
};

/** `no clear answer`: how an attempt ended. */
export const attemptResult = (outcome: string): string => RESULTS[outcome] ?? outcome;

/** Why a delivery ended without success; a reason that is not a code is the receiver's own text. */
export const deliveryReason = (reason: string): string => REASONS[reason] ?? reason;
