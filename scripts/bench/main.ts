/**
 * Measures what a person waits for, on this machine: `npm run bench -- cluster|recorder|experiments`. Every figure is given as
 * median and spread.
 */
import { createInterface } from 'node:readline';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Command, InvalidArgumentError } from 'commander';
import { execa } from 'execa';
import { groupUsage } from '../../fixtures/cluster/providers/embedded/cgroups.ts';
import { EmbeddedProvider } from '../../fixtures/cluster/providers/embedded/index.ts';
import { until } from '../../fixtures/cluster/providers/until.ts';
import { toolPath } from '../../fixtures/cluster/tools.ts';
import { messageOf } from '../../fixtures/errors.ts';
import { projectRoot } from '../../fixtures/settings.ts';
import { benchExperiments } from './experiments.ts';
import { Figures } from './figures.ts';
import { benchRecorder } from './recorder.ts';
import { lastResults } from './results.ts';

/** How long an idle cluster is watched, in seconds: several periods of everything that it does periodically. */
const idleSeconds = 30;

/** What is measured, whatever is set otherwise: all other clusters are made by other programs. */
const embedded = new EmbeddedProvider();
const ofEmbedded = { CLUSTER_PROVIDER: 'embedded' };

/** Runs a command of the project and tells when each step that it reports had ended, in seconds after it was typed. */
async function timeSteps(command: readonly string[]): Promise<{ seconds: number; steps: Map<string, number> }> {
  const start = performance.now();
  const elapsed = (): number => (performance.now() - start) / 1000;
  const [file = '', ...args] = command;
  const run = execa(file, args, { cwd: projectRoot, env: ofEmbedded });
  const steps = new Map<string, number>();
  createInterface({ input: run.stderr }).on('line', (line) => {
    const title = /✔ (.+) \([\d.]+ s\)$/.exec(line)?.[1];
    if (title !== undefined) steps.set(title, elapsed());
  });
  await run;
  return { seconds: elapsed(), steps };
}

const cluster = (...args: string[]): string[] => ['npm', 'run', '--silent', 'cluster', '--', ...args];

/** Whole commands are timed from the moment they are typed. */
async function benchCluster({ runs }: { runs: number }): Promise<void> {
  if ((await embedded.status()).length > 0)
    throw new Error('A cluster runs, and this would remove it: npm run cluster -- down, once it is not needed any more.');
  const figures = new Figures();
  const report = (text: string): void => void process.stderr.write(`${text}\n`);
  report('Building what is not built yet, and a template');
  await timeSteps(cluster('up'));
  await timeSteps(cluster('down'));
  for (let run = 1; run <= runs; run += 1) {
    report(`Run ${run} of ${runs}: from the template`);
    const start = performance.now();
    const up = await timeSteps(cluster('up'));
    for (const [title, seconds] of up.steps) figures.add(`up: ${title}`, seconds);
    figures.add('up: command ended', up.seconds);
    await untilTop();
    figures.add('up: kubectl top nodes works', (performance.now() - start) / 1000);
    figures.add('second up', (await timeSteps(cluster('up'))).seconds);
    await benchIdle(figures);
    figures.add('down', (await timeSteps(cluster('down'))).seconds);
    report(`Run ${run} of ${runs}: without a template`);
    const full = await timeSteps(cluster('up', '--no-template'));
    for (const [title, seconds] of full.steps) figures.add(`up --no-template: ${title}`, seconds);
    await timeSteps(cluster('down'));
    report(`Run ${run} of ${runs}: to the first browser step`);
    figures.add('playwright test --project=browser: first browser step', await timeFirstBrowserStep());
    await timeSteps(cluster('down'));
  }
  figures.print();
}

async function untilTop(): Promise<void> {
  const { kubeconfig, context } = await embedded.access();
  const kubectl = await toolPath('kubectl');
  const top = ['--kubeconfig', kubeconfig, '--context', context, 'top', 'nodes'];
  await until('kubectl top nodes to work', 120_000, () => execa(kubectl, top));
}

async function benchIdle(figures: Figures): Promise<void> {
  const before = await groupUsage();
  await delay(idleSeconds * 1000);
  const after = await groupUsage();
  figures.add('idle cluster: memory', after.memoryBytes / 2 ** 30, 'GiB');
  figures.add('idle cluster: CPU', (after.cpuSeconds - before.cpuSeconds) / idleSeconds, 'cores');
}

/** Seconds from the command, with nothing running, to the start of the first test in a browser. */
async function timeFirstBrowserStep(): Promise<number> {
  const start = Date.now();
  await execa('npx', ['--no-install', 'playwright', 'test', '--project=browser'], {
    cwd: projectRoot,
    env: { ...ofEmbedded, KEEP: '1' },
  });
  const starts = (await lastResults()).filter(({ project }) => project === 'browser').map(({ startedAtMs }) => startedAtMs);
  return (Math.min(...starts) - start) / 1000;
}

const program = new Command('npm run bench --')
  .description('Measures what a person waits for, on this machine.')
  .showHelpAfterError();
program
  .command('cluster')
  .description('bring the embedded cluster up and down, with and without a template, and once with the application')
  .option('--runs <count>', 'how often', parseCount, 3)
  .action(benchCluster);
program
  .command('recorder')
  .description('record what becomes of many pods in a namespace of its own, on the cluster that runs')
  .option('--pods <count>', 'how many', parseCount, 2000)
  .action(benchRecorder);
program
  .command('experiments')
  .description('run projects of Playwright in a row, and tell what their experiments took, and which tests failed')
  .option('--runs <count>', 'how often; 0 only shows what the file holds', parseCount, 10)
  .option('--project <name...>', 'which projects', ['resilience'])
  .option('--grep <pattern>', 'only the tests whose titles match, as Playwright does')
  .option('--grep-invert <pattern>', 'leave out the tests whose titles match, as Playwright does')
  .option('--file <path>', 'where what came of each run is added', path.join(projectRoot, 'reports/runs.json'))
  .action(benchExperiments);

function parseCount(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It is a number, such as 3.');
  return Number(text);
}

try {
  await program.parseAsync();
} catch (error) {
  console.error(`error: ${messageOf(error)}`);
  process.exitCode = 1;
}
