import { covers, endpointsReady, expect, nodeReady, summarize, test } from '../../fixtures/test.ts';

const workloads = ['frontend', 'backend', 'mcp-server', 'redis'];

test('a node can be drained while users go on', covers('EDGE-6'), async ({ experiment, faults, nodes, worker }) => {
  test.setTimeout(5 * 60_000);
  // What exists once, Redis and the MCP server, is away for as long as a pod takes to start.
  await experiment({ fault: await faults.drainNode(nodes, worker, workloads), healsWithin: 60_000, availability: 60 });
});

test(
  'a node that stops is noticed, and from then on users get 99 % good answers',
  covers('US8.5'),
  async ({ experiment, faults, nodes, worker, cluster }) => {
    test.setTimeout(8 * 60_000);
    await faults.moveAway(nodes, worker, ['redis', 'mcp-server']);
    await cluster.restart('backend');
    await cluster.rollout('backend');
    const lost = (await cluster.readyPods('backend')).filter(({ spec }) => spec?.nodeName === worker);
    expect(lost).not.toEqual([]);
    let noticedAtMs = 0;
    const { answers, faultEndedAtMs } = await experiment({
      fault: faults.stopNode(nodes, worker, workloads),
      meanwhile: async (user) => {
        await cluster.waitFor(nodeReady(worker, { ready: false }), { timeoutMs: 2 * 60_000 });
        for (const { status } of lost)
          await cluster.waitFor(endpointsReady('backend-service', { without: status?.podIP ?? '' }), { timeoutMs: 30_000 });
        await user.answered(150);
        noticedAtMs = Date.now();
        await user.answered(200);
      },
      healsWithin: 90_000,
      availability: 40,
    });
    expect(summarize(answers, noticedAtMs, faultEndedAtMs).availability).toBeGreaterThanOrEqual(99);
  },
);

test(
  'a backend that is cut off from Redis is no endpoint until it is back',
  covers('US8.5'),
  async ({ experiment, faults, nodes, cluster }) => {
    test.setTimeout(4 * 60_000);
    const fault = await faults.cutNetwork(nodes, 'backend', 'redis');
    const without = fault.pod.status?.podIP ?? '';
    await experiment({
      fault,
      meanwhile: async (user) => {
        await cluster.waitFor(endpointsReady('backend-service', { without }), { timeoutMs: 60_000 });
        await user.answered(100);
      },
      healsWithin: 60_000,
      availability: 80,
    });
  },
);
