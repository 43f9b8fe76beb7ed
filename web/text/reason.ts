/** Why a call failed, as a sentence for a reader. */
import { ApiProblem, LostConnection } from '../api/client.ts';

/** @param error whatever was thrown; anything but a failed call is a fault of the page */
export function reasonOf(error: unknown): string {
  if (error instanceof LostConnection) return 'The connection was lost.';
  if (error instanceof ApiProblem)
    return `${capital(error.message)}${error.detail === null ? '' : `: ${error.detail}`}.`;
  return 'The page has a fault.';
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
