/** The one hash of the product: fingerprints of raw entries, keys of the known. Fast, not cryptographic. */
import type { Hash53 } from '../model/flavor.ts';

const LOW = 0x85ebca77;
const HIGH = 0xc2b2ae3d;

/**
 * @returns a hash of the UTF-16 units `from` (inclusive) to `to` (exclusive), 0 to 2^53 - 1. Two units are taken at a
 * time into two 32-bit lanes (multiply, rotate, as xxHash does); the finish is that of MurmurHash3. No allocation.
 */
export function hash53(text: string, from = 0, to = text.length): Hash53 {
  let low = 0x9e3779b9 ^ (to - from);
  let high = 0x41c6ce57;
  let at = from;
  for (const pairs = to - 1; at < pairs; at += 2) {
    const unit = text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16);
    low = Math.imul(low ^ unit, LOW);
    low = (low << 13) | (low >>> 19);
    high = Math.imul(high ^ unit, HIGH);
    high = (high << 17) | (high >>> 15);
  }
  if (at < to) {
    low = Math.imul(low ^ text.charCodeAt(at), LOW);
    high = Math.imul(high ^ text.charCodeAt(at), HIGH);
  }
  low = finish(low ^ Math.imul(high ^ (high >>> 15), 0x735a2d97));
  high = finish(high ^ Math.imul(low ^ (low >>> 15), 0xcaf649a9));
  return (high & 0x1fffff) * 0x100000000 + (low >>> 0);
}

function finish(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
