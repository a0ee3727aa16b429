/** How well the recorder keeps up: pods that run nowhere are made, made Ready and deleted, and each of these changes has to be recorded once. */
import path from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { claimNamespace, Client, Recorder, releaseNamespace } from '../../fixtures/cluster/index.ts';
import { until } from '../../fixtures/cluster/providers/until.ts';
import { selectProvider } from '../../fixtures/cluster/providers/index.ts';
import { withLock } from '../../fixtures/lock.ts';
import { clusterLock, projectRoot } from '../../fixtures/settings.ts';
import { Figures } from './figures.ts';

const NAMESPACE = 'kubewright-bench';
const RECORDED_MS = 60_000;
const CLEAN_UP_MS = 5 * 60_000;
/** The states that each pod goes through, one change each. */
const STATES = ['pending', 'ready', 'terminating', 'gone'];
const changeSchema = z.object({ change: z.string(), atMs: z.number() });

export async function benchRecorder({ pods }: { pods: number }): Promise<void> {
  await withLock(clusterLock, 'refuse', () => measure(pods));
}

async function measure(count: number): Promise<void> {
  const client = new Client(await (await selectProvider()).access());
  const figures = new Figures();
  // One that was interrupted has left its pods, which cannot be made again.
  await releaseNamespace(client, NAMESPACE, CLEAN_UP_MS);
  await claimNamespace(client, NAMESPACE);
  try {
    await untilPodsAreAllowed(client);
    await using recorder = await Recorder.start(client, [NAMESPACE], { logs: false });
    const writtenAtMs = new Map<string, number>();
    let rss = 0;
    const writer = execa('npx', ['--no-install', 'tsx', path.join(import.meta.dirname, 'writer.ts'), NAMESPACE, String(count)], {
      cwd: projectRoot,
      stderr: 'inherit',
    });
    for await (const line of writer) {
      const { change, atMs } = changeSchema.parse(JSON.parse(line));
      writtenAtMs.set(change, atMs);
      rss = Math.max(rss, process.memoryUsage.rss());
    }
    const gone = (): number => recorder.records.pods.filter(({ state }) => state === 'gone').length;
    await until('the last pod to be recorded', RECORDED_MS, () => {
      if (gone() < count) throw new Error(`${gone()} of ${count} pods are.`);
      return Promise.resolve();
    }).catch((error: unknown) => {
      console.log(String(error));
    });
    const { pods: samples, gaps } = await recorder.stop();

    const seen = new Map<string, string[]>();
    for (const { name, state } of samples) seen.set(name, [...(seen.get(name) ?? []), state]);
    const wrong = [...seen].filter(([, states]) => states.join() !== STATES.join());
    for (const { name, state, seenAtMs } of samples) {
      const written = writtenAtMs.get(`${name} ${state}`);
      if (written !== undefined)
        figures.add('recorded after the server answered to the change', Math.max(0, seenAtMs - written), 'ms');
    }
    figures.add('memory of the recorder’s process', rss / 2 ** 20, 'MiB');
    figures.print();
    console.log(
      `\n${count - seen.size} of ${count} pods lost, ${wrong.length} with a change lost or doubled; ${gaps.length} gaps.`,
    );
    console.log(
      wrong
        .slice(0, 5)
        .map(([name, states]) => `  ${name}: ${states.join(', ')}`)
        .join('\n'),
    );
    if (seen.size !== count || wrong.length > 0 || gaps.length > 0) process.exitCode = 1;
  } finally {
    await releaseNamespace(client, NAMESPACE, CLEAN_UP_MS);
  }
}

/** Pods are refused until the namespace has a ServiceAccount. */
async function untilPodsAreAllowed(client: Client): Promise<void> {
  const path = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/default`;
  await until('the namespace to have a ServiceAccount', RECORDED_MS, () => client.request('GET', path));
}
