import {
  covers,
  endpointsReady,
  expect,
  failuresOf,
  felt,
  summarize,
  test,
  type PodFault,
  type Seen,
} from '../../fixtures/test.ts';

test(
  'a frontend whose process is killed is started again, and counted',
  covers('US5.3', 'FR-039'),
  async ({ experiment, faults }) => {
    test.setTimeout(3 * 60_000);
    const fault = await faults.killProcess('frontend');
    await experiment({
      scaleDown: false,
      fault,
      healsWithin: 30_000,
      availability: 95,
      claims: {
        'one restart is counted': ({ records }) => {
          const counts = records.pods.filter(({ uid }) => uid === fault.pod.metadata.uid).map(({ restarts }) => restarts);
          expect(Math.max(...counts)).toBe(1);
        },
      },
    });
  },
);

for (const name of ['backend', 'frontend']) {
  test(
    `a ${name} that hangs gets no request, and is restarted after three failed probes`,
    covers('US5.3', 'FR-039', 'FR-040'),
    async ({ experiment, faults, cluster }) => {
      test.setTimeout(5 * 60_000);
      const fault = await faults.freezeProcess(name);
      const { podIP: without = '' } = fault.pod.status ?? {};
      let withoutItSinceMs = Infinity;
      await experiment({
        scaleDown: false,
        fault,
        meanwhile: async (user) => {
          await cluster.waitFor(endpointsReady(`${name}-service`, { without }), { timeoutMs: 60_000 });
          // The ingress controller hears of it through a watch of its own, and may wait for a moment until it acts on that.
          await user.answered(50, Date.now());
          withoutItSinceMs = Date.now();
        },
        healsWithin: 150_000,
        availability: 60,
        claims: {
          'once it is no endpoint, 99 % of a user’s requests get a good answer': ({ answers }) => {
            const since = summarize(answers, withoutItSinceMs);
            expect(since.availability ?? 0, felt(since)).toBeGreaterThanOrEqual(99);
            return felt(since);
          },
          ...killedAfterThreeFailures(fault),
        },
      });
    },
  );
}

test(
  'an MCP server that hangs is no endpoint, and is restarted after three failed probes',
  covers('US5.3', 'FR-035', 'FR-039'),
  async ({ experiment, faults, cluster }) => {
    test.setTimeout(5 * 60_000);
    const fault = await faults.freezeProcess('mcp-server');
    await experiment({
      scaleDown: false,
      fault,
      meanwhile: () => cluster.waitFor(endpointsReady('mcp-service', { atMost: 0 }), { timeoutMs: 60_000 }),
      healsWithin: 150_000,
      availability: 50,
      claims: {
        'nothing fails but what needs it': ({ users }) => {
          expect(failuresOf(users.during)).toEqual(['chat', 'tasks']);
        },
        ...killedAfterThreeFailures(fault),
      },
    });
  },
);

test(
  'a Redis that hangs is no endpoint, and is restarted after three failed probes',
  covers('US5.3', 'FR-036', 'FR-039'),
  async ({ experiment, nodes, cluster }) => {
    test.setTimeout(5 * 60_000);
    const fault = await nodes.freeze('redis-server', 'redis');
    await experiment({
      scaleDown: false,
      fault,
      meanwhile: () => cluster.waitFor(endpointsReady('redis-service', { atMost: 0 }), { timeoutMs: 60_000 }),
      healsWithin: 150_000,
      // Limits are counted in each backend meanwhile, and conversations are read from the database.
      availability: 100,
      claims: {
        ...killedAfterThreeFailures(fault),
      },
    });
  },
);

test('a backend that runs out of memory is started again', async ({ experiment, faults, cluster }) => {
  test.setTimeout(3 * 60_000);
  const fault = await faults.runOutOfMemory('backend');
  await experiment({
    scaleDown: false,
    fault,
    healsWithin: 60_000,
    availability: 90,
    claims: {
      'it was ended for want of memory': async () => {
        const { status } = await cluster.get('Pod', fault.pod.metadata.name);
        expect(status?.containerStatuses?.map(({ lastState }) => lastState?.terminated?.reason)).toEqual(['OOMKilled']);
      },
    },
  });
});

/** The claim about a pod that hangs: of its liveness probes three fail after the fault, and then it is killed. */
function killedAfterThreeFailures({ pod }: PodFault): Record<string, (seen: Seen) => void> {
  return {
    'it is killed after three failed liveness probes': ({ records, faultAtMs }) => {
      const events = records.events.filter(({ uid }) => uid === pod.metadata.uid);
      const killedAtMs = events.find(({ reason }) => reason === 'Killing')?.seenAtMs ?? 0;
      // Each is seen as it is counted; what the counts themselves say may have begun before, and is for each message alone.
      const failures = events.filter(({ message }) => message.startsWith('Liveness probe failed'));
      expect(failures.filter(({ seenAtMs }) => seenAtMs > faultAtMs && seenAtMs <= killedAtMs + 1000)).toHaveLength(3);
    },
  };
}
