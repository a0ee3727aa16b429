/** What a person sees of a rollout that does not get far; with a minikube that is a stub, and a lock of this test's own. */
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test as base, vi } from 'vitest';
import { FakeApi } from '../../fixtures/cluster/testing/fakeApi.ts';
import { projectRoot } from '../../fixtures/settings.ts';
import { assertImagesCanBeBuilt } from '../../fixtures/setup/images.ts';
import { Stubs } from '../../fixtures/testing/stubs.ts';

/** Who cannot build images gets no further than being told so. */
const test = base.skipIf(!canBuildImages());

function canBuildImages(): boolean {
  try {
    assertImagesCanBeBuilt();
    return true;
  } catch {
    return false;
  }
}

let stubs: Stubs;
beforeEach(async () => {
  stubs = await Stubs.make();
  await stubs.program('go', [['version', 'echo go version go99.0 linux/amd64']]);
});
afterEach(async () => {
  await stubs[Symbol.asyncDispose]();
});

function deploy(env: Readonly<Record<string, string>> = { CLUSTER_PROVIDER: 'minikube' }) {
  return execa(process.execPath, ['--import', 'tsx', path.join(projectRoot, 'scripts/deploy.ts')], {
    cwd: projectRoot,
    env: { PATH: stubs.path, XDG_CACHE_HOME: stubs.folder, ...env },
    reject: false,
  });
}

test('what somebody else’s cluster lacks is told before the first step', async () => {
  await using api = await FakeApi.start();
  const { exitCode, stderr, stdout } = await deploy({
    CLUSTER_PROVIDER: 'existing',
    ...{ KUBE_CONTEXT: 'fake', KUBECONFIG: api.kubeconfig, INGRESS_ADDRESS: '192.0.2.1', HOST_ADDRESS: '127.0.0.1' },
  });
  expect(exitCode).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/error: The cluster of context fake lacks[^]*IngressClass nginx[^]*StorageClass standard[^]*metrics/);
});

test('a step that fails is named, with what went wrong and how to go on', async () => {
  await stubs.program('minikube', [
    ['*status*', 'exit 85'],
    ['*" start "*--dry-run', ':'],
    ['*" start "*', 'echo "X Exiting due to DRV_NOT_DETECTED" >&2; exit 69'],
  ]);
  const { exitCode, stderr, stdout } = await deploy();
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(/^▸ 1\/15 /);
  expect(stderr).toMatch(/error: Step 1\/15 .* failed: minikube .*\nX Exiting due to DRV_NOT_DETECTED/);
  expect(stderr).toContain('run scripts/deploy.sh again');
});

test('Ctrl-C ends it, and removes a cluster that was half made', async () => {
  await stubs.program('minikube', [
    ['*status*', 'exit 85'],
    ['*" start "*--dry-run', ':'],
    ['*" start "*', 'exec sleep 60'],
    ['*delete', ':'],
  ]);
  const run = deploy();
  await vi.waitFor(
    async () => {
      expect(await stubs.calls()).toContainEqual(expect.stringMatching(/ start .*--wait all$/));
    },
    { timeout: 20_000 },
  );
  run.kill('SIGINT');
  const { exitCode, stderr } = await run;
  expect(exitCode).toBe(130);
  expect(stderr).toContain('Interrupted.');
  expect(stderr).not.toContain('error:');
  expect((await stubs.calls()).at(-1)).toMatch(/delete$/);
});
