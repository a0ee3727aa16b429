import { covers, endpointsReady, expect, probeFailed, replaced, test } from '../../fixtures/test.ts';

const KEYS = 700_000;

test('Redis gets no traffic while it loads its data', covers('US5.4', 'FR-040'), async ({ cluster, redis, release }) => {
  test.setTimeout(6 * 60_000);
  await redis.fill(KEYS);
  // With so little CPU, loading so many keys takes longer than the first probe waits; and no liveness probe is to end it meanwhile.
  const before = await cluster.pod('redis');
  const slow = { requests: { cpu: '20m' }, limits: { cpu: '50m' } };
  await release.upgrade({ probes: { failureThreshold: 30 }, redis: { resources: slow } });
  const loading = await cluster.waitFor(replaced(before), { timeoutMs: 60_000 });
  await cluster.waitFor(probeFailed(loading, 'Readiness', 'LOADING'), { timeoutMs: 60_000 });
  await cluster.waitFor(endpointsReady('redis-service', { atMost: 0 }), { timeoutMs: 5000 });
  await cluster.rollout('redis');
  await cluster.waitFor(endpointsReady('redis-service'), { timeoutMs: 10_000 });
  expect(Number(await redis.command('DBSIZE'))).toBeGreaterThanOrEqual(KEYS);
});
