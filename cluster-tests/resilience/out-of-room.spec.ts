import { covers, expect, findsNoNode, replicas, test } from '../../fixtures/test.ts';

test.beforeEach(() => {
  test.setTimeout(4 * 60_000);
});

test(
  'pods for which no node has room wait, say so, and leave users what they have',
  covers('EDGE-1'),
  async ({ release, cluster, continuousUser }) => {
    const user = await continuousUser();
    const [cores, memory] = [{ cpu: '1000' }, { memory: '10240Gi' }];
    await release.upgrade({
      frontend: { resources: { requests: cores, limits: cores } },
      backend: { resources: { requests: memory, limits: memory } },
    });
    expect(await cluster.waitFor(findsNoNode('frontend'), { timeoutMs: 30_000 })).toContain('Insufficient cpu');
    expect(await cluster.waitFor(findsNoNode('backend'), { timeoutMs: 30_000 })).toContain('Insufficient memory');
    await user.answered(20);
    expect((await user.leave()).failures).toEqual({});
  },
);

test(
  'pods that an autoscaler adds wait for room, and come once there is some',
  covers('EDGE-1'),
  async ({ release, cluster, noRoom, continuousUser }) => {
    const user = await continuousUser();
    const { spec, status } = await cluster.get('HorizontalPodAutoscaler', 'frontend-hpa');
    // Two more: another autoscaler may give the room of one pod back.
    const size = 2 + Math.max(status?.desiredReplicas ?? 0, spec?.minReplicas ?? 1);
    {
      await using room = await noRoom();
      // A migration would wait for room, too.
      const hpa = { minReplicas: size, maxReplicas: size };
      await release.upgrade({ migrations: { enabled: false }, frontend: { hpa } });
      expect(await cluster.waitFor(findsNoNode('frontend'), { timeoutMs: 90_000 })).toContain('Insufficient cpu');
      await user.answered(20);
    }
    await cluster.waitFor(replicas('frontend', { atLeast: size }), { timeoutMs: 90_000 });
    expect((await user.leave()).failures).toEqual({});
  },
);
