import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { projectRoot } from '../fixtures/settings.ts';
import { Stubs } from '../fixtures/testing/stubs.ts';

/** `20.19`, as package.json says it. */
const [needed = '?'] =
  /\d+\.\d+/.exec(
    z
      .object({ engines: z.object({ node: z.string() }) })
      .parse(JSON.parse(await readFile(path.join(projectRoot, 'package.json'), 'utf8'))).engines.node,
  ) ?? [];

let stubs: Stubs;
beforeEach(async () => {
  stubs = await Stubs.make('dirname', 'mkdir');
  await mkdir(path.join(stubs.folder, 'scripts'));
  for (const file of ['scripts/install-dependencies.sh', 'package.json', 'package-lock.json'])
    await copyFile(path.join(projectRoot, file), path.join(stubs.folder, file));
  await stubs.program('npm', [['"ci "*', 'mkdir node_modules']]);
});
afterEach(async () => {
  await stubs[Symbol.asyncDispose]();
});

/** Runs the script of a copy of the project. */
async function install(version: string) {
  await stubs.program('node', [['--version', `echo v${version}`]]);
  return run();
}

async function run() {
  return execa(path.join(stubs.folder, 'scripts/install-dependencies.sh'), {
    env: { PATH: stubs.path },
    extendEnv: false,
    reject: false,
  });
}

const npmCalls = async (): Promise<string[]> => (await stubs.calls()).filter((call) => call.startsWith('npm '));

test.each(['18.20.8', '20.18.3', '4.99.0'])('Node.js %s is refused, with the version that is needed', async (version) => {
  const { exitCode, stderr } = await install(version);
  expect(stderr).toContain(
    `error: Node.js ${needed} or later with npm is needed, and ${stubs.path}/node is v${version}; install it`,
  );
  expect(exitCode).toBe(1);
  expect(await npmCalls()).toEqual([]);
});

test.each([`${needed}.0`, '22.1.0', '100.0.0'])('with Node.js %s the packages are installed, once', async (version) => {
  expect(await install(version)).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await npmCalls()).toEqual(['npm ci --no-audit --no-fund --loglevel=error']);
  await writeFile(path.join(stubs.folder, 'node_modules/.package-lock.json'), '');
  expect(await install(version)).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  expect(await npmCalls()).toHaveLength(1);
});

test.each(['npm', 'node'])('without %s, what is needed is told', async (name) => {
  await install('22.1.0');
  await rm(path.join(stubs.path, name));
  const { exitCode, stderr } = await run();
  expect(stderr).toBe(`error: Node.js ${needed} or later with npm is needed; install it and run this again.`);
  expect(exitCode).toBe(1);
});
