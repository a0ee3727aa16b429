import { defineConfig } from '@playwright/test';
import type { RequirementsReporterOptions } from './fixtures/reporters/requirements/reporter.ts';
import type { TurnOptions } from './fixtures/test/turn.ts';

const requirements: RequirementsReporterOptions = {
  outputFolder: 'reports',
  htmlFolder: 'playwright-report',
  others: ['reports/junit.xml', 'reports/results.json'],
};

export default defineConfig<object, TurnOptions>({
  globalSetup: './fixtures/setup/run.ts',
  outputDir: 'test-results',
  forbidOnly: !!process.env['CI'],
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [
    ['list'],
    ['html', { outputFolder: 'playwright-report', open: 'never', title: 'Todo Chatbot on Kubernetes' }],
    ['junit', { outputFile: 'reports/junit.xml' }],
    ['json', { outputFile: 'reports/results.json' }],
    ['./fixtures/reporters/experiments/reporter.ts', { htmlFolder: 'playwright-report' }],
    // Last: it adds to the HTML report, and what it prints ends the output.
    ['./fixtures/reporters/requirements/reporter.ts', requirements],
  ],
  use: {
    // Without its film strip, which costs more than the tests themselves where nothing renders in hardware.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'setup', testDir: 'fixtures/setup', testMatch: 'deploy.setup.ts', teardown: 'teardown' },
    { name: 'browser', testDir: 'e2e', dependencies: ['setup'] },
    { name: 'cluster', testDir: 'cluster-tests', testMatch: /cluster-tests\/[^/]+\.spec\.ts$/, dependencies: ['setup'] },
    // Each of their tests has the whole cluster for itself: see fixtures/test/turn.ts.
    ...['persistence', 'resilience', 'helm', 'autoscaling'].map((name) => ({
      name,
      testDir: `cluster-tests/${name}`,
      dependencies: ['setup'],
      fullyParallel: false,
      workers: 1,
      use: { disruptive: true },
    })),
    { name: 'teardown', testDir: 'fixtures/setup', testMatch: 'teardown.setup.ts' },
  ],
});
