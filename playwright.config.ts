import { defineConfig } from '@playwright/test';
import type { RequirementsReporterOptions } from './fixtures/reporters/requirements/reporter.ts';
import { settings } from './fixtures/settings.ts';
import { endWhereClusterIsHeld, purposeOf } from './fixtures/setup/purpose.ts';
import type { TurnOptions } from './fixtures/test/turn.ts';

const requirements: RequirementsReporterOptions = {
  outputFolder: 'reports',
  htmlFolder: 'playwright-report',
  others: ['reports/junit.xml', 'reports/results.json'],
};

const purpose = purposeOf(process.argv);
if (purpose === 'run') await endWhereClusterIsHeld();

export default defineConfig<object, TurnOptions>({
  globalSetup: './fixtures/setup/run.ts',
  outputDir: 'test-results',
  forbidOnly: settings.CI,
  fullyParallel: true,
  workers: 2,
  retries: 0,
  // No claim: pods that start on busy cores take their time, and a wait that is in vain says more than the end of a test.
  timeout: 240_000,
  // No claim either: what a page shows may need several answers, one after another.
  expect: { timeout: 30_000 },
  // A list says nothing about the last run, whose reports the others would write over.
  reporter:
    purpose === 'list'
      ? 'list'
      : [
          ['list'],
          ['html', { outputFolder: 'playwright-report', open: 'never', title: 'Todo Chatbot on Kubernetes' }],
          ['junit', { outputFile: 'reports/junit.xml' }],
          ['json', { outputFile: 'reports/results.json' }],
          // These two add to the HTML report, so they come after it; what the second one prints ends the output.
          ['./fixtures/reporters/experiments/reporter.ts', { htmlFolder: 'playwright-report', project: 'resilience' }],
          ['./fixtures/reporters/requirements/reporter.ts', requirements],
          // Last: it reads all that the others wrote.
          ['./fixtures/reporters/secrets/reporter.ts', { folders: ['playwright-report', 'reports', 'test-results'] }],
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
    // Each of their tests has the whole cluster for itself: see fixtures/test/turn.ts. Autoscaling begins with two of each, and comes before helm:
    // the CPU of pods that helm's tests start brings a third frontend, which stays for five minutes.
    ...['persistence', 'resilience', 'autoscaling', 'helm'].map((name) => ({
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
