import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import config from '../playwright.config.ts';
import { projectRoot } from '../fixtures/settings.ts';
import { Stubs, type Answers } from '../fixtures/testing/stubs.ts';

let stubs: Stubs;
beforeEach(async () => {
  stubs = await Stubs.make('dirname', 'mkdir');
  await stubs.nodeWithPackages();
});
afterEach(async () => {
  await stubs[Symbol.asyncDispose]();
});

const totals = '<testsuites id="" name="" tests="12" failures="2" skipped="1" errors="0" time="3.4">';
const writeReport = `mkdir -p "\${PLAYWRIGHT_JUNIT_OUTPUT_FILE%/*}"; echo '${totals}' >"$PLAYWRIGHT_JUNIT_OUTPUT_FILE"`;

/** What a run of Playwright is told by its environment. */
const told = `for name in KEEP PLAYWRIGHT_HTML_OUTPUT_DIR PLAYWRIGHT_JUNIT_OUTPUT_FILE SECRETS_REPORTER_FOLDER; do echo "$name=\${!name}" >>$here/calls; done`;

/** Runs scripts/test.sh with a Playwright that ends as `answers` say, and passes otherwise. */
async function run(args: readonly string[], answers: Answers = [], folder = reports()) {
  await stubs.program('npx', [...answers, ['"--no-install playwright test "*', told]]);
  return start(args, folder);
}

function start(args: readonly string[], folder = reports()) {
  return execa(path.join(projectRoot, 'scripts/test.sh'), ['--reports', folder, ...args], {
    cwd: stubs.folder,
    env: { PATH: stubs.path },
    extendEnv: false,
    reject: false,
  });
}

const reports = (): string => path.join(stubs.folder, 'reports');

const suites = ['helm', 'e2e', 'load', 'resilience', 'persistence', 'ingress'];

/** The rows of the table at the end: suite and result. */
function table(output: string): (string | undefined)[][] {
  const lines = output.slice(output.lastIndexOf('\nsuite ')).split('\n');
  return lines.filter((line) => suites.includes(line.split(' ')[0] ?? '')).map((line) => line.split(/\s+/).slice(0, 2));
}

const commands = async (): Promise<string[]> => (await stubs.calls()).filter((call) => call.startsWith('npx '));

test('all six suites run, each with reports of its own', async () => {
  const { exitCode, stdout } = await run([]);
  expect(exitCode).toBe(0);
  expect(table(stdout)).toEqual(suites.map((suite) => [suite, 'passed']));
  const tests = (project: string, ...files: string[]): string => [`--project=${project}`, ...files].join(' ');
  // The search for secrets last, in the folder that has all the rest.
  const reporters = 'list,html,junit,./fixtures/reporters/secrets/reporter.ts';
  const selected = [
    tests('helm'),
    tests('browser'),
    tests('autoscaling'),
    tests('resilience'),
    tests('persistence'),
    tests('cluster', 'cluster-tests/ingress.spec.ts'),
  ];
  expect(await commands()).toEqual(
    selected.map(
      (selection, index) =>
        `npx --no-install playwright test ${selection} --reporter=${reporters} --output=${reports()}/${suites[index] ?? ''}/results`,
    ),
  );
  const calls = await stubs.calls();
  for (const suite of suites) {
    expect(calls).toContain(`PLAYWRIGHT_HTML_OUTPUT_DIR=${reports()}/${suite}/html`);
    expect(calls).toContain(`PLAYWRIGHT_JUNIT_OUTPUT_FILE=${reports()}/${suite}/junit.xml`);
    expect(calls).toContain(`SECRETS_REPORTER_FOLDER=${reports()}/${suite}`);
  }
  expect(calls.filter((call) => call === 'KEEP=true')).toHaveLength(suites.length);
});

test('every suite is a project of Playwright', async () => {
  await run([]);
  const projects = new Set(config.projects?.map(({ name }) => name));
  const wanted = (await commands()).map((command) => /--project=(\S+)/.exec(command)?.[1]);
  expect(wanted.filter((name) => !projects.has(name))).toEqual([]);
});

test('a suite that fails does not keep the others from running', async () => {
  const { exitCode, stdout, stderr } = await run([], [['*--project=resilience*', `${writeReport}; exit 1`]]);
  expect(table(stdout)).toEqual(suites.map((suite) => [suite, suite === 'resilience' ? 'FAILED' : 'passed']));
  expect(stderr).toBe(`\nresilience failed\n  see ${reports()}/resilience/html/index.html`);
  expect(exitCode).toBe(1);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('%s to the script alone ends a suite that hangs, and the rest does not run', async (signal, status) => {
  await stubs.program('npx', [['*', 'exec sleep 60']]);
  const script = start(['helm', 'ingress']);
  await vi.waitFor(
    async () => {
      expect(await commands()).toHaveLength(1);
    },
    { timeout: 10_000 },
  );
  script.kill(signal);
  const { exitCode, stdout, stderr } = await script;
  expect(exitCode).toBe(status);
  expect(table(stdout)).toEqual([['helm', 'FAILED']]);
  expect(stderr).toContain('Interrupted: the suites after that did not run.');
  expect(await commands()).toHaveLength(1);
});

test('what an earlier run has written is left alone, and not taken for what a suite that was refused has', async () => {
  const earlier = ['html/index.html', 'junit.xml', 'Chart.yaml'].map((name) => path.join(reports(), 'helm', name));
  await mkdir(path.join(reports(), 'helm/html'), { recursive: true });
  for (const file of earlier) await writeFile(file, totals);
  const { exitCode, stdout, stderr } = await run(['helm'], [['*--project=helm*', 'exit 1']]);
  expect(stdout).toMatch(/^helm +FAILED +- +- +- +0m \d+s$/m);
  expect(stderr).toBe('\nhelm failed');
  expect(exitCode).toBe(1);
  for (const file of earlier) expect(await readFile(file, 'utf8')).toBe(totals);
});

test('a folder for the reports is one of the caller’s', async () => {
  await run(['ingress'], [], 'of/mine');
  expect(await stubs.calls()).toContain(`PLAYWRIGHT_HTML_OUTPUT_DIR=${stubs.folder}/of/mine/ingress/html`);
});

test('a folder for the reports without a name is refused', async () => {
  const { exitCode, stderr } = await run(['helm'], [], '');
  expect(exitCode).toBe(2);
  expect(stderr).toBe('error: --reports needs a folder');
  expect(await stubs.calls()).toEqual([]);
});

test('the suites that are named run, in the order in which they are named', async () => {
  const { stdout } = await run(['ingress', 'helm']);
  expect(table(stdout).map(([suite]) => suite)).toEqual(['ingress', 'helm']);
});

test('the table counts what the report counts', async () => {
  const { stdout } = await run(['helm'], [['*--project=helm*', `${writeReport}; exit 1`]]);
  expect(stdout).toMatch(/^helm +FAILED +12 +2 +1 +0m \d+s$/m);
});

test('a suite that does not exist is refused before any runs', async () => {
  const { exitCode, stderr } = await run(['helm', 'chaos']);
  expect(exitCode).toBe(2);
  expect(stderr).toContain('no suite "chaos"; the suites are: helm e2e load resilience persistence ingress');
  expect(await stubs.calls()).toEqual([]);
});

test('--list and --help name every suite and run none', async () => {
  for (const option of ['--list', '--help']) {
    const { exitCode, stdout } = await run([option]);
    expect(exitCode).toBe(0);
    for (const suite of suites) expect(stdout).toMatch(new RegExp(`^  ${suite} +\\S`, 'm'));
  }
  expect(await commands()).toEqual([]);
});

test('the suites are those that the requirements name', async () => {
  const script = await readFile(path.join(projectRoot, 'scripts/test.sh'), 'utf8');
  expect(script).toContain(`suites=(${suites.join(' ')})`);
});
