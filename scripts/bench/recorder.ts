/** How well the recorder keeps up: pods that run nowhere are made, made Ready and deleted, and each of these changes has to be recorded once. */
import { claimNamespace, Client, Recorder, releaseNamespace } from '../../fixtures/cluster/index.ts';
import { until } from '../../fixtures/cluster/providers/embedded/until.ts';
import { selectProvider } from '../../fixtures/cluster/providers/index.ts';
import { Figures } from './figures.ts';

const NAMESPACE = 'kubewright-bench';
/** As many changes at a time as a busy cluster makes. */
const WRITERS = 16;
const RECORDED_MS = 60_000;
const CLEAN_UP_MS = 5 * 60_000;
/** The states that each pod goes through, one change each. */
const STATES = ['pending', 'ready', 'gone'];

export async function benchRecorder({ pods: count }: { pods: number }): Promise<void> {
  const client = new Client(await (await selectProvider()).access());
  const figures = new Figures();
  await claimNamespace(client, NAMESPACE);
  try {
    await untilPodsAreAllowed(client);
    const recorder = await Recorder.start(client, [NAMESPACE], { logs: false });
    const writtenAtMs = new Map<string, number>();
    let rss = 0;
    const write = async (state: string, change: (name: string) => Promise<unknown>): Promise<void> => {
      process.stderr.write(`${count} pods: ${state}\n`);
      let next = 0;
      const writer = async (): Promise<void> => {
        while (next < count) {
          const name = `pod-${next++}`;
          await change(name);
          // When the answer to the change is there, the event has left the server, too.
          writtenAtMs.set(`${name} ${state}`, Date.now());
          rss = Math.max(rss, process.memoryUsage.rss());
        }
      };
      await Promise.all(Array.from({ length: WRITERS }, writer));
    };
    const pods = `/api/v1/namespaces/${NAMESPACE}/pods`;
    await write('pending', (name) => client.request('POST', pods, { body: podOf(name) }));
    await write('ready', (name) =>
      client.request('PATCH', `${pods}/${name}/status`, {
        body: { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } },
        contentType: 'application/merge-patch+json',
      }),
    );
    await write('gone', (name) => client.request('DELETE', `${pods}/${name}`, { query: { gracePeriodSeconds: 0 } }));
    // One more pod, to know that all that came before it was told.
    await client.request('POST', pods, { body: podOf('last') });
    await until('the last pod to be recorded', RECORDED_MS, () => {
      if (!recorder.records.pods.some(({ name }) => name === 'last')) throw new Error('It was not.');
      return Promise.resolve();
    });
    const { pods: samples, gaps } = await recorder.stop();

    const seen = new Map<string, string[]>();
    for (const { name, state } of samples) seen.set(name, [...(seen.get(name) ?? []), state]);
    const wrong = [...seen].filter(([name, states]) => name !== 'last' && states.join() !== STATES.join());
    for (const { name, state, seenAtMs } of samples) {
      const written = writtenAtMs.get(`${name} ${state}`);
      if (written !== undefined)
        figures.add('recorded after the server answered to the change', Math.max(0, seenAtMs - written), 'ms');
    }
    figures.add('memory of the recorder and the writers together', rss / 2 ** 20, 'MiB');
    figures.print();
    const missing = count - (seen.size - 1);
    console.log(
      `\n${missing} of ${count} pods were not recorded, ${wrong.length} with a change lost or doubled; ${gaps.length} gaps.`,
    );
    if (missing > 0 || wrong.length > 0 || gaps.length > 0) {
      console.log(
        wrong
          .slice(0, 5)
          .map(([name, states]) => `  ${name}: ${states.join(', ')}`)
          .join('\n'),
      );
      process.exitCode = 1;
    }
  } finally {
    await releaseNamespace(client, NAMESPACE, CLEAN_UP_MS);
  }
}

/** A pod that no scheduler looks at. */
function podOf(name: string): object {
  return {
    metadata: { name, labels: { app: 'bench' } },
    spec: { schedulerName: 'none', containers: [{ name: 'main', image: 'none' }] },
  };
}

/** Pods are refused until the namespace has a ServiceAccount. */
async function untilPodsAreAllowed(client: Client): Promise<void> {
  const path = `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/default`;
  await until('the namespace to have a ServiceAccount', RECORDED_MS, () => client.request('GET', path));
}
