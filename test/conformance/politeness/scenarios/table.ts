/** All checks, by theme. */
import type { Scenario } from '../scenario.ts';
import { PACE } from './pace.ts';
import { VALIDATORS } from './validators.ts';

export const SCENARIOS: readonly Scenario[] = [...VALIDATORS, ...PACE];
