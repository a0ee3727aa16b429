/** What Playwright's JSON reporter wrote about the last run, as far as a bench asks for it. */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { JSONReport, JSONReportTestResult } from '@playwright/test/reporter';
import { exists } from '../../fixtures/cache.ts';
import { specsOf } from '../../fixtures/reporters/json.ts';
import { projectRoot } from '../../fixtures/settings.ts';

const file = path.join(projectRoot, 'reports/results.json');

export interface TestOutcome {
  project: string;
  title: string;
  status: JSONReportTestResult['status'];
  /** Milliseconds since 1970. */
  startedAtMs: number;
  /** The first error; undefined for a test without one. */
  error: string | undefined;
  /** What was attached as text or JSON, by name. */
  attachments: ReadonlyMap<string, string>;
}

/** So that a run which does not get as far as to write results is not taken for the one before it. */
export async function forgetResults(): Promise<void> {
  await rm(file, { force: true });
}

/** The tests of the last run that were begun, in no particular order. */
export async function lastResults(): Promise<TestOutcome[]> {
  if (!(await exists(file))) return [];
  // The shape is that of Playwright's own types.
  const { suites } = JSON.parse(await readFile(file, 'utf8')) as JSONReport;
  return specsOf(suites).flatMap(({ title, tests }) =>
    tests.flatMap(({ projectName: project, results }) =>
      results.map(({ status, startTime, error, attachments }) => ({
        ...{ project, title, status, startedAtMs: Date.parse(startTime), error: error?.message },
        attachments: new Map(
          attachments.flatMap(({ name, body }) =>
            body === undefined ? [] : [[name, Buffer.from(body, 'base64').toString()] as const],
          ),
        ),
      })),
    ),
  );
}
