import { covers, expect, test } from '../../fixtures/test.ts';

/** A pod is scheduled and started in some seconds; the first probe looks after ten. */
const SOON = 30_000;

for (const workload of ['frontend', 'backend']) {
  test(`users notice nothing when a ${workload} pod is deleted`, covers('US8.5'), async ({ experiment, faults }) => {
    test.setTimeout(3 * 60_000);
    await experiment({ fault: await faults.deletePod(workload), healsWithin: SOON, availability: 100 });
  });
}

test('only the chat suffers when the MCP server’s pod is deleted', covers('US8.5'), async ({ experiment, faults }) => {
  test.setTimeout(3 * 60_000);
  const { users } = await experiment({ fault: await faults.deletePod('mcp-server'), healsWithin: SOON, availability: 95 });
  expect(Object.keys(users.during.failures).filter((failure) => !failure.startsWith('chat '))).toEqual([]);
});

test('Redis is back within 30 s when its pod is deleted', covers('US8.5'), async ({ experiment, faults }) => {
  test.setTimeout(3 * 60_000);
  await experiment({ fault: await faults.deletePod('redis'), healsWithin: SOON, availability: 50 });
});

test('pods that are deleted at random come back', covers('US8.5'), async ({ experiment, faults }) => {
  test.setTimeout(3 * 60_000);
  const fault = await faults.deleteRandomPods(['frontend', 'backend', 'mcp-server', 'redis']);
  await experiment({ fault, healsWithin: 2 * SOON, availability: 50 });
});

test(
  'the application is back within a minute when all backend pods are deleted',
  covers('US8.5'),
  async ({ experiment, faults }) => {
    test.setTimeout(3 * 60_000);
    await experiment({ fault: await faults.deleteAllPods('backend'), healsWithin: 2 * SOON, availability: 50 });
  },
);

test('users notice nothing when a backend pod is evicted', covers('EDGE-6'), async ({ experiment, faults }) => {
  test.setTimeout(3 * 60_000);
  await experiment({ fault: await faults.evictPod('backend'), healsWithin: SOON, availability: 100 });
});
