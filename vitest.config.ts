/**
 * Test projects: `lib` runs in Node in milliseconds, `worker` in workerd, `web` in a browser, `service` from outside, against
 * whole processes. `smoke` is of the last two what each edit has to pass (docs/development.md, Tests).
 */
import { availableParallelism } from 'node:os';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const PAGES = 'test/pages.global.ts';
/** Of the pages what needs no browser. */
const WITHOUT_BROWSER = 'test/web/{explain,text,yaml-path}.test.ts';
const SMOKE = 'test/*/smoke.test.ts';
const report = process.env['VIGIE_TEST_REPORT'];

/** A browser or a whole service takes its time on a busy machine. */
const patience = {
  globalSetup: [PAGES],
  testTimeout: 240_000,
  hookTimeout: 180_000,
  // `expect.poll` would wait for a second: less than a busy machine takes for a page.
  expect: { poll: { timeout: 30_000 } },
  // Tests and scenarios start whole services: two at a time.
  maxConcurrency: 2,
};

export default defineConfig({
  test: {
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    // Most tests that take long wait for something: two files at a time on two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        // A busy machine must not fail a property: nothing here measures time.
        test: {
          testTimeout: 120_000,
          name: 'lib',
          include: ['test/lib/**/*.test.ts', 'test/cli/**/*.test.ts', 'test/*.test.ts', WITHOUT_BROWSER],
        },
      },
      {
        plugins: [
          cloudflareTest({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                VIGIE_TICK_SECONDS: '0',
                VIGIE_ALLOW_LOOPBACK: 'true',
                // Long enough for what the others do meanwhile; service/delivery-timeout.test.ts waits for the real one.
                VIGIE_DELIVERY_TIMEOUT_MS: '2500',
              },
            },
          }),
        ],
        test: {
          name: 'worker',
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: ['test/worker/**/*.test.ts'],
          globalSetup: [PAGES, 'test/worker/receiver.global.ts'],
        },
      },
      { test: { ...patience, name: 'smoke', include: [SMOKE] } },
      {
        test: {
          ...patience,
          name: 'web',
          include: ['test/web/**/*.test.ts'],
          exclude: [SMOKE, WITHOUT_BROWSER],
        },
      },
      {
        test: {
          ...patience,
          name: 'service',
          include: ['test/service/**/*.test.ts', 'test/chaos/**/*.test.ts'],
          exclude: [SMOKE],
        },
      },
    ],
  },
});
