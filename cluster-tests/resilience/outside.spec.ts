import { covers, endpointsReady, expect, failuresOf, podsNotReady, test } from '../../fixtures/test.ts';

const workloads = ['frontend', 'backend', 'mcp-server', 'redis'];

test(
  'without its database the backend is not ready, is not restarted, and comes back by itself',
  covers('EDGE-3', 'FR-045'),
  async ({ experiment, faults, cluster, outside, api, secrets }) => {
    test.skip(!outside.ownsDatabase, 'The database is not the harness’s to interrupt.');
    test.setTimeout(5 * 60_000);
    const backends = await faults.oldestPods(['backend']);
    const before = await faults.oldestPods(workloads);
    await experiment({
      scaleDown: false,
      fault: faults.outage('interrupt the database', outside.database, 'backend'),
      meanwhile: async () => {
        await cluster.waitFor(endpointsReady('backend-service', { atMost: 0 }), { timeoutMs: 60_000 });
        await api.answers('/api/health', 503, { within: 10_000 });
        await api.answers('/', 200, { within: 5000 });
        // As long as it takes a liveness probe to give up.
        await cluster.waitFor(podsNotReady(backends, { forMs: 35_000 }), { timeoutMs: 90_000 });
      },
      healsWithin: 60_000,
      availability: 10,
      claims: {
        'no pod was replaced or restarted': async () => {
          const after = await faults.oldestPods(workloads);
          expect(after.map(({ metadata }) => metadata.uid)).toEqual(before.map(({ metadata }) => metadata.uid));
          expect(after).toRunWithoutRestarts();
        },
        'no log tells how the database is reached': async () => {
          expect(await secrets.foundInLogs(workloads)).toEqual([]);
        },
      },
    });
  },
);

test('only the chat fails while the model is away', async ({ experiment, faults, outside, cluster, api, user }) => {
  test.skip(!outside.ownsModel, 'The model is not the harness’s to interrupt.');
  test.setTimeout(3 * 60_000);
  await experiment({
    fault: faults.outage('the model answers no request', outside.model, 'backend'),
    meanwhile: async (visitor) => {
      expect(await api.chat(user, 'Hello')).toHaveStatus(502);
      // 15 s: longer than a period of the probes.
      await visitor.answered(150);
      await cluster.readyPods('backend', { forMs: 15_000 });
    },
    healsWithin: 30_000,
    availability: 90,
    claims: {
      'nothing else fails': ({ users }) => {
        expect(failuresOf(users.during)).toEqual(['chat']);
      },
    },
  });
});

test('the ingress waits for a chat request that takes 20 s', covers('US2.5', 'FR-014'), async ({ outside, api, user }) => {
  test.skip(!outside.ownsModel, 'The model is not the harness’s to slow down.');
  await using slow = await outside.slowModel(20_000);
  const startedAt = performance.now();
  expect(await api.chat(user, 'Hello')).toHaveStatus(200);
  expect(performance.now() - startedAt).toBeGreaterThan(20_000);
});
