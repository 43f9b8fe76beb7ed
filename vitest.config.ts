/** Test projects: `lib` runs in Node in milliseconds, `worker` in workerd, `web` and `chaos` from outside. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: { name: 'lib', include: ['test/lib/**/*.test.ts', 'test/cli/**/*.test.ts', 'test/*.test.ts'] },
      },
    ],
  },
});
