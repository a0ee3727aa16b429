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
  'an autoscaler gets the pods that there is room for, and the others once there is more',
  covers('EDGE-1'),
  async ({ release, cluster, noRoom, continuousUser }) => {
    const user = await continuousUser();
    const { spec, status } = await cluster.get('HorizontalPodAutoscaler', 'frontend-hpa');
    const size = 1 + Math.max(status?.desiredReplicas ?? 0, spec?.minReplicas ?? 1);
    {
      await using room = await noRoom();
      expect(room).toBeDefined();
      await cluster.patch('HorizontalPodAutoscaler', 'frontend-hpa', { spec: { minReplicas: size, maxReplicas: size } });
      expect(await cluster.waitFor(findsNoNode('frontend'), { timeoutMs: 60_000 })).toContain('Insufficient cpu');
      await user.answered(20);
    }
    await cluster.waitFor(replicas('frontend', { atLeast: size }), { timeoutMs: 60_000 });
    expect((await user.leave()).failures).toEqual({});
    // By Helm itself: a field belongs to whoever changed it last, and Helm would refuse to take it from them.
    await release.restore({ always: true });
  },
);
