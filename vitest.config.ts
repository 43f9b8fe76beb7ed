/** Test projects: `lib` runs in Node in milliseconds, `worker` in workerd, `service` from outside, against whole processes. */
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const PAGES = 'test/pages.global.ts';
const report = process.env['VIGIE_TEST_REPORT'];

export default defineConfig({
  test: {
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    projects: [
      {
        // A busy machine must not fail a property: nothing here measures time.
        test: {
          testTimeout: 120_000,
          name: 'lib',
          include: ['test/lib/**/*.test.ts', 'test/cli/**/*.test.ts', 'test/*.test.ts'],
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
      {
        test: {
          name: 'web',
          include: ['test/web/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // `expect.poll` would wait for a second: less than a busy machine takes for a page.
          expect: { poll: { timeout: 30_000 } },
        },
      },
      {
        test: {
          name: 'service',
          include: ['test/service/**/*.test.ts', 'test/chaos/**/*.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 180_000,
          // Scenarios start whole services: two at a time.
          maxConcurrency: 2,
        },
      },
    ],
  },
});
