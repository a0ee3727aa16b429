/**
 * The program that makes pods change, for the bench of the recorder: a process of its own, so that what it needs is not counted. Usage:
 * writer.ts NAMESPACE COUNT. Writes a line of JSON for each change: `{"change": "pod-1 ready", "atMs": …}`.
 */
import { Client } from '../../fixtures/cluster/index.ts';
import { selectProvider } from '../../fixtures/cluster/providers/index.ts';

/** As many changes at a time as a busy cluster makes. */
const WRITERS = 16;

const [namespace = '', countText = '0'] = process.argv.slice(2);
const client = new Client(await (await selectProvider()).access());
const pods = `/api/v1/namespaces/${namespace}/pods`;

async function all(state: string, change: (name: string) => Promise<unknown>): Promise<void> {
  let next = 0;
  const writer = async (): Promise<void> => {
    while (next < Number(countText)) {
      const name = `pod-${next++}`;
      await change(name);
      // When the answer to the change is there, the event has left the server, too.
      console.log(JSON.stringify({ change: `${name} ${state}`, atMs: Date.now() }));
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
}

/** A pod that no scheduler looks at. */
function podOf(name: string): object {
  return {
    metadata: { name, labels: { app: 'bench' } },
    spec: { schedulerName: 'none', containers: [{ name: 'main', image: 'none' }] },
  };
}

await all('pending', (name) => client.request('POST', pods, { body: podOf(name) }));
await all('ready', (name) =>
  client.request('PATCH', `${pods}/${name}/status`, {
    body: { status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] } },
    contentType: 'application/merge-patch+json',
  }),
);
await all('gone', (name) => client.request('DELETE', `${pods}/${name}`, { query: { gracePeriodSeconds: 0 } }));
