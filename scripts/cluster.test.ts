/** The cluster's command line, with a kind that is a stub, and a lock and a cache folder of this test's own. */
import { access, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { projectRoot } from '../fixtures/settings.ts';
import { Stubs } from '../fixtures/testing/stubs.ts';

let stubs: Stubs;
beforeEach(async () => {
  stubs = await Stubs.make();
});
afterEach(async () => {
  await stubs[Symbol.asyncDispose]();
});

const cluster = (...args: string[]) => clusterOf('kind', ...args);

function clusterOf(provider: string, ...args: string[]) {
  return execa(process.execPath, ['--import', 'tsx', path.join(projectRoot, 'scripts/cluster.ts'), ...args], {
    cwd: projectRoot,
    env: { PATH: stubs.path, XDG_CACHE_HOME: stubs.folder, CLUSTER_PROVIDER: provider },
    reject: false,
  });
}

test.each(['nine', '5'])('--nodes %s is refused before anything is done', async (count) => {
  const { exitCode, stderr } = await cluster('up', '--nodes', count);
  expect(stderr).toMatch(new RegExp(`^error: option '--nodes <count>' argument '${count}' is invalid\\. .*expected`));
  expect(stderr).toContain('number of nodes, 1 to 4');
  expect(exitCode).toBe(1);
});

test('a setting that is wrong is told, and not where that was found', async () => {
  const { exitCode, stderr } = await clusterOf('nonsense', 'status');
  expect(stderr).toMatch(/^error: a setting is wrong; [^]*CLUSTER_PROVIDER$/);
  expect(exitCode).toBe(1);
});

test.each([[['--nodes', '3']], [['--no-template']]])('%j means nothing to kind, and is refused', async (options) => {
  const { exitCode, stderr } = await cluster('up', ...options);
  expect(stderr).toContain(
    `error: ${options[0] ?? ''} is for the embedded cluster, and this is the provider "kind": leave it out`,
  );
  expect(exitCode).toBe(1);
  expect(await stubs.calls()).toEqual([]);
});

test('the kubeconfig of somebody else’s cluster is told without asking that for anything', async () => {
  const kubeconfig = path.join(stubs.folder, 'kubeconfig');
  await writeFile(kubeconfig, JSON.stringify({ contexts: [{ name: 'mine', context: { cluster: 'mine', user: 'me' } }] }));
  for (const [name, value] of Object.entries({ KUBE_CONTEXT: 'mine', KUBECONFIG: kubeconfig })) vi.stubEnv(name, value);
  const { exitCode, stdout } = await clusterOf('existing', 'kubeconfig');
  expect(stdout).toBe(kubeconfig);
  expect(exitCode).toBe(0);
});

test('down leaves nothing for a later run to clean up, or to take for a deployment', async () => {
  await stubs.program('kind', [['"delete cluster --name kubewright "*', ':']]);
  const left = { 'cleanup-due': '{"provider":"kind"}', 'deployment.json': '{}' };
  await leave(left);
  const { exitCode } = await cluster('down');
  expect(exitCode).toBe(0);
  for (const file of Object.keys(left))
    await expect(access(path.join(stubs.folder, 'kubewright', file))).rejects.toThrow('ENOENT');
});

test('down leaves the record of what is deployed on a cluster that stays', async () => {
  await leave({ 'deployment.json': '{}' });
  const { exitCode } = await clusterOf('existing', 'down');
  expect(exitCode).toBe(0);
  await access(path.join(stubs.folder, 'kubewright/deployment.json'));
});

/** Puts files into the cache folder. */
async function leave(files: Readonly<Record<string, string>>): Promise<void> {
  const folder = path.join(stubs.folder, 'kubewright');
  await mkdir(folder);
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
}
