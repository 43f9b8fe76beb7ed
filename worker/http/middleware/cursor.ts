/** A place in a list, opaque to callers: base64url of its JSON. */
import type * as z from 'zod';

export function cursorOf(place: object): string {
  return btoa(JSON.stringify(place)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}

/** @returns null without a cursor, `bad` for one that we did not make */
export function placeOf<T extends z.ZodType>(
  cursor: string | undefined,
  schema: T,
): z.infer<T> | null | 'bad' {
  if (cursor === undefined || cursor === '') return null;
  try {
    const checked = schema.safeParse(JSON.parse(atob(cursor.replace(/-/g, '+').replace(/_/g, '/'))));
    return checked.success ? checked.data : 'bad';
  } catch {
    // Mistake of the caller: neither base64 nor JSON.
    return 'bad';
  }
}
