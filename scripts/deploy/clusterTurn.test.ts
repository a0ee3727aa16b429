import { execa } from 'execa';
import path from 'node:path';
import { expect, test } from 'vitest';
import { withLock } from '../../fixtures/lock.ts';
import { clusterLock } from '../../fixtures/settings.ts';
import { isAncestor } from './clusterTurn.ts';

/** A lock of this test's own: each cache folder has one. */
const env = { XDG_CACHE_HOME: path.join('/nowhere', String(process.pid)) };
const file = path.join(import.meta.dirname, 'clusterTurn.ts');

test('a program that the lock’s holder has started has its turn, and nobody else', async () => {
  const lockName = clusterLock.replace(/ of .*/, ` of ${path.join(env.XDG_CACHE_HOME, 'kubewright')}`);
  const take = (lock: string): string[] => [
    '--input-type=module',
    '--eval',
    `const { ${lock} } = await import('${file}'); await ${lock}(async () => console.log('my turn'));`,
  ];
  const child = (): Promise<{ stdout: string }> =>
    execa(process.execPath, ['--import', 'tsx', ...take('withClusterTurn')], { env, cwd: import.meta.dirname });
  const stranger = path.join(import.meta.dirname, '../../fixtures/lock.ts');
  const holder = execa(
    process.execPath,
    [
      ...['--import', 'tsx', '--input-type=module', '--eval'],
      `const { withLock } = await import('${stranger}');
       await withLock(${JSON.stringify(lockName)}, 'refuse', async () => { console.log('held'); await new Promise((end) => process.stdin.on('end', end).resume()); });`,
    ],
    { env, cwd: import.meta.dirname },
  );
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  await expect(child()).rejects.toThrow(`is in use by process ${holder.pid ?? '?'}`);
  holder.stdin.end();
  await holder;
  await withLock(lockName, 'refuse', async () => {
    expect((await child()).stdout).toBe('my turn');
  });
});

test('only those who started a process are its ancestors', () => {
  expect(isAncestor(process.ppid)).toBe(true);
  expect(isAncestor(1)).toBe(true);
  expect(isAncestor(process.pid)).toBe(false);
  expect(isAncestor(process.pid, process.ppid)).toBe(false);
});
