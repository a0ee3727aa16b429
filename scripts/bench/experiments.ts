/** Experiments again and again: how soon each one healed and what users got, as medians and worsts; and which tests failed, and why. */
import { cp } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { exists } from '../../fixtures/cache.ts';
import { assertFree } from '../../fixtures/lock.ts';
import { clusterLock, projectRoot } from '../../fixtures/settings.ts';
import { forgetResults, lastResults } from './results.ts';
import { describeRuns, outcomeOf, readRuns, writeRuns, type Run } from './runs.ts';

export interface ExperimentsOptions {
  /** How many runs; with 0, what the file holds is shown. */
  runs: number;
  /** Playwright's projects to be run. */
  project: readonly string[];
  /** Which of their tests are: a pattern of titles. */
  grep?: string;
  /** Which of them are not. */
  grepInvert?: string;
  /** What came of each run is added to this file. */
  file: string;
}

/** Each run has the cluster that the one before used, too. */
export async function benchExperiments({ runs, project, file, ...titles }: ExperimentsOptions): Promise<void> {
  const kept = await readRuns(file);
  // Before the first run: nothing that can go wrong here is to cost one.
  const { stdout: commit } = await execa('git', ['describe', '--always', '--dirty', '--abbrev=10'], { cwd: projectRoot });
  let failed = 0;
  for (let index = 1; index <= runs; index += 1) {
    const what = { commit, projects: [...project], ...titles };
    const run = await runOnce(what);
    process.stderr.write(
      `Run ${index} of ${runs}: ${run.minutes.toFixed(1)} min, ${run.failures.length} of ${run.tests} tests failed\n`,
    );
    kept.push(run);
    // After each run, before all else: whoever ends it early loses nothing.
    await writeRuns(file, kept);
    if (run.failures.length > 0) {
      failed += 1;
      await keepReport(run);
    }
    console.log(`\n${describeRuns(kept)}`);
  }
  if (runs === 0) console.log(describeRuns(kept));
  if (failed > 0) process.exitCode = 1;
}

async function runOnce(what: Pick<Run, 'commit' | 'projects' | 'grep' | 'grepInvert'>): Promise<Run> {
  // A run that is refused writes nothing, and what it says is not shown here.
  await assertFree(clusterLock);
  await forgetResults();
  const startedAt = new Date();
  const selection = what.projects.map((name) => `--project=${name}`);
  if (what.grep !== undefined) selection.push(`--grep=${what.grep}`);
  if (what.grepInvert !== undefined) selection.push(`--grep-invert=${what.grepInvert}`);
  const { exitCode } = await execa('npx', ['--no-install', 'playwright', 'test', ...selection], {
    ...{ cwd: projectRoot, env: { KEEP: '1' }, reject: false, stdio: 'ignore' },
  });
  const minutes = Math.round((Date.now() - startedAt.getTime()) / 600) / 100;
  const outcome = outcomeOf(await lastResults());
  if (exitCode !== 0 && outcome.failures.length === 0)
    outcome.failures.push({ title: 'the run itself', error: `It ended with status ${String(exitCode)}.` });
  return { startedAt: startedAt.toISOString(), ...what, minutes, ...outcome };
}

/** The next run writes over it. There is none where a run ended before its tests. */
async function keepReport({ startedAt }: Run): Promise<void> {
  const report = path.join(projectRoot, 'playwright-report');
  const target = path.join(projectRoot, 'reports', `failed-run-${startedAt.replaceAll(':', '-')}`);
  if (await exists(report)) await cp(report, target, { recursive: true });
}
