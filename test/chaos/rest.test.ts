/**
 * Every other scenario: the service is started, killed, fooled and starved as a whole, and judged from outside.
 * `npm run chaos` runs a single one.
 */
import { EACH_EDIT, SCENARIOS } from './table.ts';
import { testScenarios } from './tests.ts';

testScenarios(SCENARIOS.filter(({ id }) => !EACH_EDIT.includes(id)));
