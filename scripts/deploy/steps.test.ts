import { expect, test } from 'vitest';
import { silent } from '../../fixtures/cluster/providers/progress.ts';
import type { Progress } from '../../fixtures/cluster/providers/provider.ts';
import { StepError, Steps } from './steps.ts';

test('steps are numbered, and one that fails says which it is and why', async () => {
  const ended: string[] = [];
  const progress: Progress = {
    async step(title, run) {
      const result = await run(silent);
      ended.push(title);
      return result;
    },
    note: () => undefined,
  };
  const steps = new Steps(progress, 3);
  expect(await steps.run('Boil water', () => Promise.resolve('hot'))).toBe('hot');
  const why = new Error('the Pod kettle-0 is not Ready');
  const failed = steps.run('Make tea', () => Promise.reject(why));
  await expect(failed).rejects.toThrow('Step 2/3 Make tea failed: the Pod kettle-0 is not Ready');
  await expect(failed).rejects.toBeInstanceOf(StepError);
  await expect(failed).rejects.toHaveProperty('cause', why);
  expect(ended).toEqual(['1/3 Boil water']);
});

test('no step begins after an interruption', async () => {
  const interrupted = new AbortController();
  const steps = new Steps(silent, 2, interrupted.signal);
  interrupted.abort(new Error('Interrupted.'));
  const begun: number[] = [];
  await expect(steps.run('Boil water', () => Promise.resolve(begun.push(1)))).rejects.toThrow('Interrupted.');
  expect(begun).toEqual([]);
});
