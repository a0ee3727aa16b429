import { covers, expect, failuresOf, test } from '../../fixtures/test.ts';

/** A pod is scheduled and started in some seconds; the first probe looks after ten. */
const SOON = 30_000;

test.beforeEach(() => {
  test.setTimeout(3 * 60_000);
});

for (const workload of ['frontend', 'backend', 'mcp-server']) {
  test(`users notice nothing when a ${workload} pod is deleted`, covers('US8.5'), async ({ experiment, faults }) => {
    await experiment({ fault: await faults.deletePod(workload), healsWithin: SOON, availability: 100 });
  });
}

test('Redis is back within 30 s when its pod is deleted', covers('US8.5'), async ({ experiment, faults }) => {
  // A backend that has missed it for three probes is Ready a period of them after it.
  await experiment({
    fault: await faults.deletePod('redis'),
    healsWithin: SOON + 15_000,
    availability: 50,
    claims: {
      'Redis itself is Ready within 30 s': ({ records, faultAtMs }) => {
        const after = records.pods.filter(({ name, seenAtMs }) => name === 'redis-0' && seenAtMs > faultAtMs);
        const back = after.find(({ state }) => state === 'ready');
        expect((back?.seenAtMs ?? Infinity) - faultAtMs).toBeLessThan(SOON);
      },
    },
  });
});

test(
  'without the MCP server the chat changes nothing and says so, and the rest goes on',
  covers('FR-061', 'FR-063', 'FR-006'),
  async ({ experiment, faults, api, user, database }) => {
    await experiment({
      fault: await faults.scaleToZero('mcp-server'),
      meanwhile: async () => {
        expect(await api.chat(user, 'Add task to buy groceries')).toHaveStatus(502);
        expect(await database.tasks(user.id)).toEqual([]);
      },
      healsWithin: SOON,
      availability: 50,
      claims: {
        'nothing else fails': ({ users }) => {
          expect(failuresOf(users.during)).toEqual(['chat', 'tasks']);
        },
      },
    });
  },
);

test('pods that are deleted at random come back', covers('US8.5'), async ({ experiment, faults }) => {
  const fault = await faults.deleteRandomPods(['frontend', 'backend', 'mcp-server', 'redis']);
  await experiment({ fault, healsWithin: 2 * SOON, availability: 50 });
});

test('pages go on when all backend pods are deleted', covers('US8.5'), async ({ experiment, faults }) => {
  await experiment({
    fault: await faults.deleteAllPods('backend'),
    healsWithin: 2 * SOON,
    availability: 30,
    claims: {
      'no page fails': ({ users }) => {
        expect(failuresOf(users.during)).not.toEqual(expect.arrayContaining(['/']));
      },
    },
  });
});

test('users notice nothing when a backend pod is evicted', covers('EDGE-6'), async ({ experiment, faults }) => {
  await experiment({ fault: await faults.evictPod('backend'), healsWithin: SOON, availability: 100 });
});
