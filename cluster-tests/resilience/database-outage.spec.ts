import { covers, endpointsReady, expect, podsNotReady, test } from '../../fixtures/test.ts';

test(
  'without its database the backend is not ready, is not restarted, and comes back by itself',
  covers('EDGE-3', 'FR-040'),
  async ({ cluster, outside, api }) => {
    test.skip(!outside.ownsDatabase, 'The database is not the harness’s to interrupt.');
    test.setTimeout(5 * 60_000);
    const before = await cluster.readyPods('backend');
    await using outage = await outside.interruptDatabase();
    await cluster.waitFor(endpointsReady('backend-service', { atMost: 0 }), { timeoutMs: 60_000 });
    await api.answers('/api/health', 503, { within: 10_000 });
    await api.answers('/', 200, { within: 1000 });
    // As long as it takes a liveness probe to give up.
    await cluster.waitFor(podsNotReady(before, { forMs: 35_000 }), { timeoutMs: 90_000 });

    await outage.restore();
    // The autoscaler may have added to them by now, but they are all still there.
    const after = await cluster.readyPods('backend');
    expect(after.map(({ metadata }) => metadata.uid)).toEqual(expect.arrayContaining(before.map(({ metadata }) => metadata.uid)));
    expect(after).toRunWithoutRestarts();
    await api.answers('/api/health', 200, { within: 10_000 });
  },
);
