/** When every replay begins: the jitter of the service, seeded by it, is the same every time. */

/** A Monday, 00:00 UTC. */
export const BEGINNING = Date.UTC(2026, 10, 2);
