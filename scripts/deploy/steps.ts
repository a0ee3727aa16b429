/** A rollout as numbered steps. */
import type { Progress } from '../../fixtures/cluster/providers/provider.ts';
import { messageOf } from '../../fixtures/errors.ts';

/** A step failed; the message says which, and the cause why. */
export class StepError extends Error {
  override readonly name = 'StepError';
  constructor(step: string, cause: unknown) {
    super(`Step ${step} failed: ${messageOf(cause)}`, { cause });
  }
}

export class Steps {
  readonly #progress: Progress;
  readonly #total: number;
  readonly #signal: AbortSignal | undefined;
  #begun = 0;

  constructor(progress: Progress, total: number, signal?: AbortSignal) {
    this.#progress = progress;
    this.#total = total;
    this.#signal = signal;
  }

  /** Runs the next step, and says which one it is. @throws StepError; the signal's reason when it was interrupted before */
  async run<T>(title: string, body: (progress: Progress) => Promise<T>): Promise<T> {
    this.#signal?.throwIfAborted();
    this.#begun += 1;
    const step = `${this.#begun}/${this.#total} ${title}`;
    try {
      return await this.#progress.step(step, body);
    } catch (error) {
      throw new StepError(step, error);
    }
  }
}
