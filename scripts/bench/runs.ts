/** What came of whole runs of Playwright, one after another, kept in a file: runs of another day are added to it. */
import { stripVTControlCharacters } from 'node:util';
import { z } from 'zod';
import { healedAfterMs, type ExperimentReport } from '../../fixtures/experiment/index.ts';
import { readIfThere, writePrivately } from '../../fixtures/files.ts';
import { EXPERIMENT_FILE } from '../../fixtures/reporters/experiments/attachments.ts';
import { median } from './figures.ts';
import type { TestOutcome } from './results.ts';

const runSchema = z.object({
  /** When it began. */
  startedAt: z.iso.datetime(),
  /** What was run: the commit, and Playwright's projects. */
  commit: z.string(),
  projects: z.array(z.string()),
  /** Which of their tests were run: a pattern of titles. */
  grep: z.string().optional(),
  /** Which of them were left out. */
  grepInvert: z.string().optional(),
  minutes: z.number(),
  /** How many tests were begun, and which of them failed, with the first line of the error. */
  tests: z.number(),
  failures: z.array(z.object({ title: z.string(), error: z.string() })),
  experiments: z.array(
    z.object({
      title: z.string(),
      /** How soon all was well again, after the fault began or, if it lasts until it is ended, after its end; null when it was not. */
      healedSeconds: z.number().nullable(),
      /** Of a user's requests meanwhile, percent. */
      availability: z.number(),
    }),
  ),
});

export type Run = z.infer<typeof runSchema>;

/** @returns none where there is no such file @throws when it holds something else */
export async function readRuns(file: string): Promise<Run[]> {
  const text = await readIfThere(file);
  if (text === undefined) return [];
  try {
    return z.array(runSchema).parse(JSON.parse(text));
  } catch (error) {
    throw new Error(`${file} does not hold what came of runs; name another file with --file.`, { cause: error });
  }
}

/** Whole or not at all: runs of another day are in it, too. */
export async function writeRuns(file: string, runs: readonly Run[]): Promise<void> {
  await writePrivately(file, `${JSON.stringify(runs, undefined, 2)}\n`);
}

/** The part of a run that its tests tell. */
export function outcomeOf(results: readonly TestOutcome[]): Pick<Run, 'tests' | 'failures' | 'experiments'> {
  const failed = results.filter(({ status }) => status !== 'passed' && status !== 'skipped');
  return {
    tests: results.length,
    failures: failed.map(({ title, error = 'It did not end.' }) => ({ title, error: firstLine(error) })),
    experiments: results.flatMap(({ attachments }) => {
      const text = attachments.get(EXPERIMENT_FILE);
      if (text === undefined) return [];
      const report = JSON.parse(text) as ExperimentReport;
      const healedMs = healedAfterMs(report);
      const healedSeconds = healedMs === undefined ? null : rounded(healedMs / 1000);
      // Of a user who sent nothing, nobody knows what they would have got.
      return { title: report.title, healedSeconds, availability: rounded(report.users.during.availability ?? 0) };
    }),
  };
}

/** Each experiment with median and worst of all runs, and which runs failed, as Markdown. */
export function describeRuns(runs: readonly Run[]): string {
  const all = runs.flatMap(({ experiments }) => experiments);
  const titles = [...new Set(all.map(({ title }) => title))];
  const rows = titles.map((title) => {
    const of = all.filter((one) => one.title === title);
    const healed = of.map(({ healedSeconds }) => healedSeconds ?? Infinity);
    const good = of.map(({ availability }) => availability);
    const figures = [median(healed), Math.max(...healed), median(good), Math.min(...good)].map(shown);
    return `| ${[title, ...figures, of.length].join(' | ')} |`;
  });
  return [
    '| experiment | all well after, s: median | worst | good answers meanwhile, %: median | worst | runs |',
    '| --- | --: | --: | --: | --: | --: |',
    ...rows,
    '',
    ...[...new Set(runs.map(selectionOf))].flatMap((selection) => {
      const of = runs.filter((run) => selectionOf(run) === selection);
      const minutes = median(of.map((run) => run.minutes)).toFixed(1);
      const failed = of.filter(({ failures }) => failures.length > 0);
      return [
        `- ${of.length} × ${selection}: ${minutes} min each (median), ${failed.length} with a failure`,
        ...failed.flatMap(({ startedAt, failures }) =>
          failures.map(({ title, error }) => `  - ${startedAt}, ${title}: ${error}`),
        ),
      ];
    }),
  ].join('\n');
}

/** What was run, in words. */
function selectionOf({ projects, grep, grepInvert }: Run): string {
  const only = grep === undefined ? [] : [`only \`${grep}\``];
  const without = grepInvert === undefined ? [] : [`without \`${grepInvert}\``];
  return [projects.join(', '), ...only, ...without].join(' ');
}

const shown = (figure: number): string => (figure === Infinity ? 'never' : figure.toFixed(1));
const firstLine = (text: string): string => stripVTControlCharacters(text).split('\n', 1).join('');
const rounded = (value: number): number => Math.round(value * 100) / 100;
