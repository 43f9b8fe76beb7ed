/** Schemas of keys that several kinds of channels have. */
import * as z from 'zod';

/** A non-empty text; may contain `${NAME}`. */
export const text = z.string().min(1).max(2_000);

/** An http(s) address, or a text with `${NAME}` that becomes one. */
export const templatedUrl = z
  .string()
  .trim()
  .refine(
    (value) => isTemplated(value) || isHttpUrl(value),
    'expected an address that begins with https:// or http://',
  );

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//iu.test(value) && value.length <= 2_000 && URL.canParse(value);
}

/** Whether the value comes at least partly from a variable. */
export function isTemplated(value: string): boolean {
  return value.includes('${');
}
