import { covers, expect, podUnschedulable, test } from '../../fixtures/test.ts';

for (const [resource, size] of [
  ['cpu', '1000'],
  ['memory', '10Ti'],
] as const) {
  test(`a pod for whose ${resource} no node has room waits, and says so`, covers('EDGE-1'), async ({ cluster, deployment }) => {
    await using pod = await cluster.temporary('Pod', {
      metadata: { name: `too-large-${resource}` },
      spec: {
        containers: [
          {
            name: 'main',
            image: deployment.images['redis'] ?? '',
            resources: { requests: { [resource]: size }, limits: { [resource]: size } },
          },
        ],
      },
    });
    const why = await cluster.waitFor(podUnschedulable(pod.name), { timeoutMs: 30_000 });
    expect(why).toContain(`Insufficient ${resource}`);
    expect((await cluster.get('Pod', pod.name)).status?.phase).toBe('Pending');
  });
}
