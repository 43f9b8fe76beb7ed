/** Encodes a place in a list as an opaque cursor: base64url (RFC 4648 §5) of its JSON. */
import type * as z from 'zod';

/** @param place values that identify the last item of a page */
export function cursorOf(place: object): string {
  return btoa(JSON.stringify(place)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** @returns null without a cursor, `bad` for one that does not decode to the schema */
export function placeOf<T extends z.ZodType>(
  cursor: string | undefined,
  schema: T,
): z.infer<T> | null | 'bad' {
  if (cursor === undefined || cursor === '') return null;
  try {
    const checked = schema.safeParse(JSON.parse(atob(cursor.replace(/-/g, '+').replace(/_/g, '/'))));
    return checked.success ? checked.data : 'bad';
  } catch {
    // A mistake of the caller: not base64 or not JSON.
    return 'bad';
  }
}
