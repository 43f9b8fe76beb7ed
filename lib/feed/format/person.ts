/** Extracts a person's name from the ways in which feeds write it. */
import { collapse, lineToText } from '../../text/html-text.ts';

/** Roughly an address: enough to distinguish it from a name. */
const MAIL = /^[^\s@<>()"]+@[^\s@<>()"]+$/;

/**
 * @returns the name in `ana@example.org (Ana Ruiz)`, `Ana Ruiz (ana@example.org)` or `Ana Ruiz <ana@example.org>`; the
 *   address if the name is missing; '' for an empty text
 */
export function personName(text: string): string {
  if (!/[(<@]/.test(text)) return lineToText(text);
  const plain = collapse(text);
  const bracket = /^(.*?)\s*[(<]([^()<>]*)[)>]$/.exec(plain);
  if (bracket === null) return lineToText(plain.replace(/^mailto:/i, ''));
  const [, outer = '', inner = ''] = bracket;
  if (isMail(inner)) return outer === '' ? bareMail(inner) : lineToText(unquoted(outer));
  if (isMail(outer)) return inner.trim() === '' ? bareMail(outer) : lineToText(unquoted(inner));
  return lineToText(plain);
}

const bareMail = (text: string) => text.trim().replace(/^mailto:/i, '');
const isMail = (text: string) => MAIL.test(bareMail(text));
const unquoted = (text: string) => text.trim().replace(/^"(.*)"$/, '$1');
