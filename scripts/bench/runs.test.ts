import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EXPERIMENT_FILE } from '../../fixtures/reporters/experiments/attachments.ts';
import { projectRoot } from '../../fixtures/settings.ts';
import type { TestOutcome } from './results.ts';
import { describeRuns, outcomeOf, readRuns, writeRuns, type Run } from './runs.ts';

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'runs-'));
  file = path.join(folder, 'new', 'runs.json');
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

const run = (healedSeconds: number | null, availability: number, failures: Run['failures'] = []): Run => ({
  ...{ startedAt: '2026-01-01T00:00:00.000Z', commit: 'abc', projects: ['resilience'], minutes: 12, tests: 2, failures },
  experiments: [{ title: 'a pod is deleted', healedSeconds, availability }],
});

const outcome = (status: TestOutcome['status'], more: Partial<TestOutcome> = {}): TestOutcome => ({
  ...{ project: 'resilience', title: 'a pod is deleted', status, startedAtMs: 0, error: undefined, attachments: new Map() },
  ...more,
});

test('runs are added to those of another day', async () => {
  expect(await readRuns(file)).toEqual([]);
  await writeRuns(file, [run(1, 100)]);
  await writeRuns(file, [...(await readRuns(file)), run(2, 99)]);
  expect(await readRuns(file)).toEqual([run(1, 100), run(2, 99)]);
});

test('a file that holds something else is left as it is', async () => {
  const other = path.join(folder, 'other.json');
  await writeFile(other, '{"some":"thing"}');
  await expect(readRuns(other)).rejects.toThrow(`${other} does not hold`);
});

test('a run is told by its experiments, and by the tests that failed', () => {
  // Lasted from 1000 until 5000, and all was well at 7500.
  const report = {
    ...{ title: 'the database is away', faultAtMs: 1000, faultEndedAtMs: 5000, healedAtMs: 7500 },
    users: { during: { availability: 66.666 } },
  };
  const attachments = new Map([[EXPERIMENT_FILE, JSON.stringify(report)]]);
  expect(
    outcomeOf([
      outcome('passed', { attachments }),
      outcome('skipped'),
      outcome('failed', { title: 'another', error: 'too late\nby far' }),
      outcome('interrupted', { title: 'a third' }),
    ]),
  ).toEqual({
    tests: 4,
    failures: [
      { title: 'another', error: 'too late' },
      { title: 'a third', error: 'It did not end.' },
    ],
    experiments: [{ title: 'the database is away', healedSeconds: 2.5, availability: 66.67 }],
  });
});

test('the worst of healing is the longest, the worst of answers the fewest', () => {
  const text = describeRuns([run(10, 100), run(30, 90), run(20, 95, [{ title: 'a pod is deleted', error: 'too late' }])]);
  expect(text).toContain('| a pod is deleted | 20.0 | 30.0 | 95.0 | 90.0 | 3 |');
  expect(text).toContain('- 3 × resilience: 12.0 min each (median), 1 with a failure\n');
  expect(text).toContain('- 2026-01-01T00:00:00.000Z, a pod is deleted: too late');
});

test('runs of other projects are another kind of run', () => {
  const whole: Run = { ...run(10, 100), projects: ['browser', 'resilience'], minutes: 30 };
  const part: Run = { ...run(10, 100), grep: 'a node', grepInvert: 'no room' };
  expect(
    describeRuns([run(10, 100), whole, part, whole])
      .split('\n')
      .slice(-3),
  ).toEqual([
    '- 1 × resilience: 12.0 min each (median), 0 with a failure',
    '- 2 × browser, resilience: 30.0 min each (median), 0 with a failure',
    '- 1 × resilience only `a node` without `no room`: 12.0 min each (median), 0 with a failure',
  ]);
});

test('what did not heal did so never', () => {
  expect(describeRuns([run(10, 100), run(20, 100), run(null, 10)])).toContain(
    '| a pod is deleted | 20.0 | never | 100.0 | 10.0 | 3 |',
  );
  const report = { ...{ title: 'the database is away', faultAtMs: 1000 }, users: { during: { availability: 0 } } };
  const attachments = new Map([[EXPERIMENT_FILE, JSON.stringify(report)]]);
  expect(outcomeOf([outcome('failed', { attachments })]).experiments).toEqual([
    { title: 'the database is away', healedSeconds: null, availability: 0 },
  ]);
});

test('the table of docs/EXPERIMENTS.md is that of the runs beside it', async () => {
  const docs = path.join(projectRoot, 'docs');
  const runs = await readRuns(path.join(docs, 'experiment-runs.json'));
  expect(runs.length).toBeGreaterThan(0);
  expect(await readFile(path.join(docs, 'EXPERIMENTS.md'), 'utf8')).toContain(`\n${describeRuns(runs)}\n`);
});
