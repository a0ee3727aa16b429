import { covers, expect, test } from '../../fixtures/test.ts';

test(
  'a key survives the deletion of Redis’ pod, which is back within 30 s',
  covers('US4.2', 'US4.3', 'US4.4', 'FR-030', 'SC-004'),
  async ({ redis, faults }) => {
    const key = redis.key('pod');
    expect(await redis.command('SET', key, 'persistence-test')).toBe('OK');
    const deletion = await faults.deletePod('redis');
    await deletion.begin();
    await deletion.healed(30_000);
    expect(await redis.command('GET', key)).toBe('persistence-test');
  },
);

test('a client outside of the cluster finds its key again', covers('FR-030'), async ({ redis, redisClient, faults }) => {
  const key = redis.key('forwarded');
  await redisClient.set(key, 'through a forward');
  const deletion = await faults.deletePod('redis');
  await deletion.begin();
  await deletion.healed(60_000);
  expect(await redisClient.get(key)).toBe('through a forward');
});

test('a StatefulSet that is deleted and deployed again finds its data', covers('EDGE-4'), async ({ cluster, redis, release }) => {
  const key = redis.key('statefulset');
  await redis.command('SET', key, 'still here');
  await cluster.delete('StatefulSet', 'redis');
  await cluster.gone('Pod', 'redis-0');
  expect((await cluster.get('PersistentVolumeClaim', 'redis-data-pvc')).status?.phase).toBe('Bound');
  await release.upgrade({});
  await cluster.rollout('redis');
  expect(await redis.command('GET', key)).toBe('still here');
});

test('data outlives the release when the values say so', covers('EDGE-4'), async ({ cluster, redis, release }) => {
  test.setTimeout(5 * 60_000);
  await release.upgrade({ redis: { persistence: { keep: true } } });
  await cluster.rollout('redis');
  const key = redis.key('uninstalled');
  await redis.command('SET', key, 'kept');
  await release.uninstall();
  expect(await cluster.find('StatefulSet', 'redis')).toBeUndefined();
  expect((await cluster.get('PersistentVolumeClaim', 'redis-data-pvc')).status?.phase).toBe('Bound');
  await release.install();
  expect(await redis.command('GET', key)).toBe('kept');
});
