/** Steps on a terminal: a line when one begins, and a line with its time when it ends; notes are shown in place where that is possible. */
import type { WriteStream } from 'node:tty';
import type { Progress } from '../fixtures/cluster/providers/provider.ts';

/** Progress on a stream, indented by depth. */
export function terminalProgress(stream: WriteStream & { fd: 1 | 2 }, depth = 0): Progress {
  const indent = '  '.repeat(depth);
  const line = (text: string): void => void stream.write(`${stream.isTTY ? '\r\u001b[K' : ''}${indent}${text}\n`);
  return {
    async step(title, run) {
      line(`▸ ${title}`);
      const start = performance.now();
      try {
        const result = await run(terminalProgress(stream, depth + 1));
        line(`✔ ${title} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
        return result;
      } catch (error) {
        line(`✖ ${title} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
        throw error;
      }
    },
    note(text) {
      if (stream.isTTY) stream.write(`\r\u001b[K${indent}${text}`);
    },
  };
}
