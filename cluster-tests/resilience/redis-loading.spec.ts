import { covers, endpointsReady, expect, probeFailed, replaced, test } from '../../fixtures/test.ts';

test('Redis gets no traffic while it loads its data', covers('US5.4', 'FR-040'), async ({ cluster, redis, release }) => {
  test.setTimeout(6 * 60_000);
  await redis.fill(1_000_000);
  // With so little CPU, loading so many keys takes longer than the first probe waits.
  const before = await cluster.pod('redis');
  await release.upgrade({ redis: { resources: { requests: { cpu: '20m' }, limits: { cpu: '50m' } } } });
  const loading = await cluster.waitFor(replaced(before), { timeoutMs: 60_000 });
  const answer = await cluster.waitFor(probeFailed(loading, 'Readiness'), { timeoutMs: 60_000 });
  expect(answer).toContain('LOADING');
  await cluster.waitFor(endpointsReady('redis-service', { atMost: 0 }), { timeoutMs: 1000 });
  await cluster.rollout('redis');
  await cluster.waitFor(endpointsReady('redis-service'), { timeoutMs: 10_000 });
  expect(Number(await redis.command('DBSIZE'))).toBeGreaterThanOrEqual(1_000_000);
});
