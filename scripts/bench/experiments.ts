/** Experiments again and again: how soon each one healed and what users got, as medians and worsts; and which tests failed, and why. */
import { cp, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { healedAfterMs, type ExperimentReport } from '../../fixtures/experiment/index.ts';
import { projectRoot } from '../../fixtures/settings.ts';
import { EXPERIMENT_FILE } from '../../fixtures/reporters/experiments/attachments.ts';
import { median } from './figures.ts';
import { forgetResults, lastResults } from './results.ts';

/** What the table is made of, for whoever wants more than medians. */
const figuresFile = path.join(projectRoot, 'reports/experiment-figures.json');

/** What came of one experiment in the runs so far. */
interface Series {
  healedSeconds: number[];
  /** Percent of a user's requests. */
  availability: number[];
}

interface Failure {
  run: number;
  title: string;
  error: string;
}

/** @param projects Playwright's projects to be run; each run has a cluster that the one before used, too */
export async function benchExperiments({ runs, project: projects }: { runs: number; project: readonly string[] }): Promise<void> {
  const series = new Map<string, Series>();
  const failures: Failure[] = [];
  const minutes: number[] = [];
  for (let run = 1; run <= runs; run += 1) {
    await forgetResults();
    const begun = performance.now();
    const { exitCode } = await execa(
      'npx',
      ['--no-install', 'playwright', 'test', ...projects.map((name) => `--project=${name}`)],
      { cwd: projectRoot, env: { KEEP: '1' }, reject: false, stdio: 'ignore' },
    );
    minutes.push((performance.now() - begun) / 60_000);
    const results = await lastResults();
    const failed = results.filter(({ status }) => status !== 'passed' && status !== 'skipped');
    failures.push(...failed.map(({ title, error = 'It did not end.' }) => ({ run, title, error })));
    if (exitCode !== 0 && failed.length === 0)
      failures.push({ run, title: 'the run itself', error: `It ended with status ${String(exitCode)}.` });
    if (exitCode !== 0) await keepReport(run);
    for (const { attachments } of results) {
      const text = attachments.get(EXPERIMENT_FILE);
      if (text !== undefined) addTo(series, JSON.parse(text) as ExperimentReport);
    }
    process.stderr.write(
      `Run ${run} of ${runs}: ${(minutes.at(-1) ?? 0).toFixed(1)} min, ${failed.length} of ${results.length} tests failed\n`,
    );
    // After each run: whoever ends it early loses nothing.
    print(series, failures, minutes);
    await writeFile(figuresFile, JSON.stringify(Object.fromEntries(series), undefined, 2));
  }
  if (failures.length > 0) process.exitCode = 1;
}

/** The next run writes over it. */
async function keepReport(run: number): Promise<void> {
  const target = path.join(projectRoot, 'reports', `failed-run-${run}`);
  await cp(path.join(projectRoot, 'playwright-report'), target, { recursive: true });
}

function addTo(series: Map<string, Series>, report: ExperimentReport): void {
  const { title, users } = report;
  const { healedSeconds, availability } = series.get(title) ?? { healedSeconds: [], availability: [] };
  series.set(title, {
    healedSeconds: [...healedSeconds, healedAfterMs(report) / 1000],
    availability: [...availability, users.during.availability ?? 100],
  });
}

function print(series: ReadonlyMap<string, Series>, failures: readonly Failure[], minutes: readonly number[]): void {
  const lines = [...series].map(([title, { healedSeconds, availability }]) => {
    const figures = [
      median(healedSeconds).toFixed(1),
      Math.max(...healedSeconds).toFixed(1),
      median(availability).toFixed(1),
      Math.min(...availability).toFixed(1),
      String(healedSeconds.length),
    ];
    return `| ${title} | ${figures.join(' | ')} |`;
  });
  const firstLine = (text: string): string => stripVTControlCharacters(text).split('\n', 1).join('');
  console.log(
    [
      '',
      '| experiment | all well after, s: median | worst | good answers meanwhile, %: median | worst | runs |',
      '| --- | --- | --- | --- | --- | --- |',
      ...lines,
      '',
      `${minutes.length} runs, ${median(minutes).toFixed(1)} min each (median); ${new Set(failures.map(({ run }) => run)).size} with a failure.`,
      ...failures.map(({ run, title, error }) => `  run ${run}, ${title}: ${firstLine(error)}`),
    ].join('\n'),
  );
}
