/** Says in a sentence why a call failed. */
import { ApiProblem, LostConnection } from '../api/client.ts';

/** @param error what was thrown; anything but a failed call is a fault of the page */
export function reasonOf(error: unknown): string {
  if (error instanceof LostConnection) return 'The connection was lost.';
  if (error instanceof ApiProblem) {
    const detail = error.detail ?? problemsOf(error);
    return `${capital(error.message)}${detail === null ? '' : `: ${detail}`}.`;
  }
  return 'The page has a fault.';
}

/** The same for an edit of the document: one that is not possible (Refused) says why itself. */
export function editReason(error: unknown): string {
  return error instanceof Error && error.name === 'Refused' ? error.message : reasonOf(error);
}

/** What is wrong with the members of a body (422); null: the answer does not say. */
function problemsOf({ members }: ApiProblem): string | null {
  const { problems } = members as { readonly problems?: readonly { readonly message: string }[] };
  return problems === undefined || problems.length === 0
    ? null
    : problems.map(({ message }) => message).join('; ');
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
