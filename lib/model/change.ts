/** Kinds of data that the desk reports as changed; a page fetches again what it shows of them. */
export const CHANGES = ['stories', 'feeds', 'channels', 'config'] as const;

/** One of CHANGES. */
export type Change = (typeof CHANGES)[number];
