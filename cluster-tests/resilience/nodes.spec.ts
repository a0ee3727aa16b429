import { covers, endpointsReady, expect, failuresOf, felt, nodeReady, summarize, test, workloadOf } from '../../fixtures/test.ts';

const workloads = ['frontend', 'backend', 'mcp-server', 'redis'];
/** Those that exist twice, on two nodes. */
const spread = ['frontend', 'backend'];

test('a node can be drained while users go on', covers('EDGE-6'), async ({ experiment, nodes, worker, cluster }) => {
  test.setTimeout(5 * 60_000);
  await experiment({
    fault: await nodes.drain(worker, workloads),
    meanwhile: async () => {
      for (const workload of workloads) await cluster.rollout(workload);
      expect((await nodes.podsOn(worker, workloads)).map(({ metadata }) => metadata.name)).toEqual([]);
    },
    healsWithin: 60_000,
    // Redis exists once, and nobody needs it to go on.
    availability: 99,
  });
});

test('a node that stops is noticed, and from then on users get 99 % good answers', async ({
  experiment,
  nodes,
  worker,
  cluster,
}) => {
  test.setTimeout(8 * 60_000);
  // The MCP server exists once, and without it there is no chat. Redis, too, but nobody needs it to go on.
  await nodes.moveAway([worker], ['mcp-server']);
  await nodes.moveAway(await nodes.others(worker), ['redis']);
  // The test before may have drained it; new ones are spread.
  for (const workload of spread) {
    await cluster.restart(workload);
    await cluster.rollout(workload);
  }
  const lost = await nodes.podsOn(worker, workloads);
  let noticedAtMs = Infinity;
  await experiment({
    fault: nodes.stop(worker, workloads),
    meanwhile: async (user) => {
      await cluster.waitFor(nodeReady(worker, { ready: false }), { timeoutMs: 2 * 60_000 });
      for (const { status } of lost)
        for (const workload of spread)
          await cluster.waitFor(endpointsReady(`${workload}-service`, { without: status?.podIP ?? '' }), { timeoutMs: 30_000 });
      // The ingress controller hears of it through a watch of its own, and may wait for a moment until it acts on that.
      await user.answered(50, Date.now());
      noticedAtMs = Date.now();
      await user.answered(200);
    },
    healsWithin: 90_000,
    // Until it is noticed, half of all requests go there, and wait in vain.
    availability: 30,
    claims: {
      'a frontend, a backend and Redis were on it': () => {
        expect([...new Set(lost.map(workloadOf))].sort()).toEqual(['backend', 'frontend', 'redis']);
      },
      'from when it was noticed on, 99 % of a user’s requests get a good answer': ({ answers, healedAtMs }) => {
        const since = summarize(answers, noticedAtMs, healedAtMs);
        expect(since.availability ?? 0, felt(since)).toBeGreaterThanOrEqual(99);
        return felt(since);
      },
    },
  });
});

test('a node that is cut off for some seconds keeps its pods', async ({ experiment, faults, nodes, worker }) => {
  test.setTimeout(4 * 60_000);
  expect(await nodes.podsOn(worker, workloads)).not.toEqual([]);
  const before = await faults.oldestPods(workloads);
  await experiment({
    scaleDown: false,
    fault: nodes.isolate(worker, workloads),
    // Who asks for what is there waits in vain; what exists once may be there, so any share of good answers will do.
    meanwhile: (user) => user.answered(150),
    healsWithin: 60_000,
    claims: {
      'users noticed': ({ users }) => {
        expect(failuresOf(users.during)).not.toEqual([]);
      },
      'no pod was replaced or restarted': async () => {
        const after = await faults.oldestPods(workloads);
        expect(after.map(({ metadata }) => metadata.uid)).toEqual(before.map(({ metadata }) => metadata.uid));
        expect(after).toRunWithoutRestarts();
      },
    },
  });
});

test('users notice nothing when a backend is cut off from Redis', async ({ experiment, nodes, cluster, insideBackend }) => {
  test.setTimeout(5 * 60_000);
  const fault = await nodes.cutOffFromPods('backend', 'redis');
  const address = fault.pod.status?.podIP ?? '';
  await experiment({
    scaleDown: false,
    fault,
    meanwhile: async () => {
      const answer = insideBackend.redisPing('redis-service', 6379, { from: fault.pod });
      await expect(answer).rejects.toThrow('no answer within 5 s');
      // Three probes, which is when one that needed it would be no endpoint any more. The autoscaler may add a pod, for which they begin anew.
      await cluster.readyPods('backend', { forMs: 35_000, since: new Date(), timeoutMs: 2 * 60_000 });
    },
    healsWithin: 30_000,
    // It waits for an answer of Redis for a moment, once; then it goes on without.
    availability: 100,
    claims: {
      'it is an endpoint all the time': ({ records: { endpoints }, faultAtMs }) => {
        const since = endpoints.filter(({ service, seenAtMs }) => service === 'backend-service' && seenAtMs > faultAtMs);
        for (const { ready } of since) expect(ready).toContain(address);
      },
    },
  });
});

test(
  'a backend that is cut off from the database says so within 10 s, gets no request, and comes back by itself',
  covers('EDGE-3', 'FR-040'),
  async ({ experiment, nodes, cluster, outside, secrets, insideBackend, user }) => {
    test.skip(!outside.ownsDatabase, 'A database elsewhere may be behind more than one address.');
    test.setTimeout(5 * 60_000);
    const fault = await nodes.cutOffFromOutside('backend', 'PostgreSQL', secrets.databaseAddress());
    const { podIP: without = '' } = fault.pod.status ?? {};
    await experiment({
      scaleDown: false,
      fault,
      meanwhile: async () => {
        const headers = { authorization: `Bearer ${await user.token()}` };
        // Nobody refuses its packets, so it is the backend that has to give up.
        const own = `http://localhost:8000/api/${user.id}/conversations`;
        expect(await insideBackend.get(own, headers, { from: fault.pod })).toMatchObject({ status: 503 });
        await cluster.waitFor(endpointsReady('backend-service', { without }), { timeoutMs: 90_000 });
      },
      healsWithin: 60_000,
      availability: 90,
      claims: {
        'it is not restarted': async () => {
          expect([await cluster.get('Pod', fault.pod.metadata.name)]).toRunWithoutRestarts();
        },
      },
    });
  },
);
