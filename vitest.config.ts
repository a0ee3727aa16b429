import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['fixtures/**/*.test.ts', 'fixtures/**/*.test.tsx', 'scripts/**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/dist/**', '**/.next/**'],
    // Each file in a process of its own, so that servers started for it end with it; two at a time, for machines with two cores.
    pool: 'forks',
    maxWorkers: 2,
    // Many tests start a real server, on a machine that may be busy with a build.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    teardownTimeout: 20_000,
    unstubEnvs: true,
    unstubGlobals: true,
    restoreMocks: true,
  },
});
