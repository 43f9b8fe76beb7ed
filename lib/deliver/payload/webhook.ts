/** The generic webhook: the event itself, minified. Contract: docs/channels.md. */
import type { AlertEvent } from '../../model/alert.ts';

export function webhookBody(event: AlertEvent): string {
  return JSON.stringify(event);
}
