/** How receivers fail: shares of each fault, drawn from the run's own chance. */
import type { Arrival, NextStep } from './receiver.ts';

const YES: NextStep = { kind: 'answer', status: 204 };

/** One first attempt in ten is refused, one in ten is taken and cut; every later one is taken. */
export function sometimes(random: () => number): (arrival: Arrival) => NextStep {
  return ({ before }) => {
    const draw = before > 0 ? 1 : random();
    if (draw < 0.1) return { kind: 'answer', status: 500 };
    return draw < 0.2 ? { kind: 'drop' } : YES;
  };
}

/** Any attempt may fail, in one of six ways. */
export function badly(random: () => number, share: number): (arrival: Arrival) => NextStep {
  return () => {
    const draw = random() / share;
    if (draw < 0.3) return { kind: 'answer', status: 500, body: 'oops' };
    if (draw < 0.45) return { kind: 'answer', status: 503 };
    if (draw < 0.6) return { kind: 'answer', status: 429, headers: { 'retry-after': '2' } };
    if (draw < 0.75) return { kind: 'reset' };
    if (draw < 0.97) return { kind: 'drop' };
    return draw < 1 ? { kind: 'hang' } : YES;
  };
}

/** Nothing but refusals while `down` holds. */
export function whileDown(down: (arrival: Arrival) => boolean): (arrival: Arrival) => NextStep {
  return (arrival) => (down(arrival) ? { kind: 'answer', status: 503 } : YES);
}
