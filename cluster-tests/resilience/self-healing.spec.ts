import { covers, endpointsReady, expect, test } from '../../fixtures/test.ts';

test(
  'a frontend whose process is killed is started again, and counted',
  covers('US5.3', 'FR-039'),
  async ({ cluster, chaos }) => {
    const pod = await cluster.pod('frontend');
    await chaos.signal(pod, 'KILL');
    expect(await chaos.restarted(pod)).toMatchObject({ restarts: 1 });
  },
);

test('a frontend that hangs is restarted after three failed probes', covers('US5.3', 'FR-039'), async ({ cluster, chaos }) => {
  test.setTimeout(4 * 60_000);
  const pod = await cluster.pod('frontend');
  await chaos.signal(pod, 'STOP');
  const { restarts, readyAfterMs } = await chaos.restarted(pod);
  expect(restarts).toBe(1);
  // Three failures lie two periods of 10 s apart, however soon the first one comes.
  expect(readyAfterMs).toBeGreaterThan(20_000);
  const failures = (await cluster.events()).filter((event) => event.includes('Liveness probe failed'));
  expect(failures).toContainEqual(expect.stringContaining(pod.metadata.name));
});

test('a backend that is not ready gets no request', covers('FR-040'), async ({ cluster, chaos, continuousUser }) => {
  test.setTimeout(4 * 60_000);
  const pod = await cluster.pod('backend');
  const address = pod.status?.podIP ?? '';
  await chaos.signal(pod, 'STOP');
  await cluster.waitFor(endpointsReady('backend-service', { without: address }), { timeoutMs: 60_000 });
  const user = await continuousUser();
  await chaos.restarted(pod);
  const { failures, sent } = await user.leave();
  expect(failures).toEqual({});
  expect(sent).toBeGreaterThan(20);
  await cluster.waitFor(endpointsReady('backend-service', { including: address }), { timeoutMs: 30_000 });
});

test('pods that are deleted at random come back, and all is healthy', covers('US8.5'), async ({ cluster, chaos, api }) => {
  test.setTimeout(4 * 60_000);
  for (const name of ['frontend', 'backend', 'mcp-server', 'redis'])
    await chaos.deletePod(name, chaos.choose(await cluster.pods(name)));
  await api.answers('/api/health', 200, { within: 10_000, headers: { 'x-probe': 'readiness' } });
});

test('an evicted backend comes back, and users notice nothing', covers('EDGE-6'), async ({ cluster, chaos, continuousUser }) => {
  test.setTimeout(3 * 60_000);
  const user = await continuousUser();
  const evicted = await cluster.pod('backend');
  const { pod } = await chaos.evict('backend', evicted);
  expect(pod.metadata.name).not.toBe(evicted.metadata.name);
  expect((await user.leave()).failures).toEqual({});
});
