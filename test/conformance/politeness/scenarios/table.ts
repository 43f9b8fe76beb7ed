/** All checks, by theme. */
import type { Scenario } from '../scenario.ts';
import { BODIES } from './bodies.ts';
import { HEADERS } from './headers.ts';
import { LIFECYCLE } from './lifecycle.ts';
import { LOAD } from './load.ts';
import { PACE } from './pace.ts';
import { REDIRECTS } from './redirects.ts';
import { THROTTLING } from './throttling.ts';
import { VALIDATORS } from './validators.ts';

export const SCENARIOS: readonly Scenario[] = [
  ...VALIDATORS,
  ...PACE,
  ...THROTTLING,
  ...REDIRECTS,
  ...HEADERS,
  ...BODIES,
  ...LOAD,
  ...LIFECYCLE,
];
