import path from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { projectRoot } from '../fixtures/settings.ts';
import { Stubs } from '../fixtures/testing/stubs.ts';

test('a tool that cannot be made is told, without a path and without a stack', async () => {
  await using stubs = await Stubs.make();
  const { exitCode, stdout, stderr } = await execa(
    process.execPath,
    ['--import', 'tsx', path.join(projectRoot, 'scripts/tool.ts'), 'helm'],
    { cwd: projectRoot, env: { PATH: stubs.path, XDG_CACHE_HOME: stubs.folder }, reject: false },
  );
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error: .*Go 1\.26\.6 or later is needed/m);
  expect(stderr).not.toContain('    at ');
  expect(exitCode).toBe(1);
});
