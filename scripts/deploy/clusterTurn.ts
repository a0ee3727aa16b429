/** The lock on the cluster, for a program that people start by hand, and that a test run starts too. */
import { readFileSync } from 'node:fs';
import { LockHeldError, takeLock } from '../../fixtures/lock.ts';
import { clusterLock } from '../../fixtures/settings.ts';

/**
 * Runs something while nobody else changes the cluster. Where the run that holds the lock has started this program, it is on its behalf.
 * @throws LockHeldError when somebody else holds it
 */
export async function withClusterTurn<T>(run: () => Promise<T>): Promise<T> {
  const lock = await takeLock(clusterLock, 'refuse').catch((error: unknown) => {
    if (error instanceof LockHeldError && isAncestor(error.holder.pid)) return undefined;
    throw error;
  });
  try {
    return await run();
  } finally {
    await lock?.release();
  }
}

/** Whether a process started this one, or started one that did. */
export function isAncestor(pid: number, of = process.pid): boolean {
  for (let current = parentOf(of); current > 0; current = parentOf(current)) if (current === pid) return true;
  return false;
}

/** 0 where there is none. */
function parentOf(pid: number): number {
  try {
    // The program's name, in parentheses, may itself hold spaces and parentheses; behind it come the state and the parent (proc(5)).
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return 0;
  }
}
