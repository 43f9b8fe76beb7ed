/** Five scenarios for each edit: kills between releases, a receiver that is away, and three ways of a publisher. */
import { EACH_EDIT, SCENARIOS } from './table.ts';
import { testScenarios } from './tests.ts';

testScenarios(SCENARIOS.filter(({ id }) => EACH_EDIT.includes(id)));
