import { autoscalerActive, covers, expect, test } from '../fixtures/test.ts';

test('the nodes’ use of CPU and memory is measured', covers('US3.1', 'FR-018'), async ({ cluster }) => {
  const names = (await cluster.list('Node')).map(({ metadata }) => metadata.name).sort();
  // A node that did not answer in time has no figures until it is asked again, 15 s later.
  let usage: Awaited<ReturnType<typeof cluster.nodeUsage>> = [];
  const measured = async (): Promise<string[]> => (usage = await cluster.nodeUsage()).map(({ name }) => name).sort();
  await expect.poll(measured, { timeout: 45_000 }).toEqual(names);
  for (const { millicores, bytes } of usage) {
    expect(millicores).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(0);
  }
});

/** Pods that have just started are measured after a minute or two. */
const FIGURES_TIMEOUT_MS = 150_000;

const expected = {
  'frontend-hpa': { target: 'frontend', utilization: { cpu: 70 } },
  'backend-hpa': { target: 'backend', utilization: { cpu: 70, memory: 80 } },
};

for (const [name, { target, utilization }] of Object.entries(expected)) {
  const requirements = target === 'frontend' ? covers('US3.2', 'FR-019', 'FR-020') : covers('US3.2', 'FR-021', 'FR-022');
  const counted = target === 'frontend' ? covers('FR-019', 'FR-024') : covers('FR-021');
  test(`${name} keeps 2 to 5 replicas at ${JSON.stringify(utilization)} percent`, requirements, async ({ cluster }) => {
    test.setTimeout(FIGURES_TIMEOUT_MS + 30_000);
    // It has figures to decide by, which is more than being configured.
    const { spec } = await cluster.waitFor(autoscalerActive(name), { timeoutMs: FIGURES_TIMEOUT_MS });
    expect(spec).toMatchObject({ minReplicas: 2, maxReplicas: 5, scaleTargetRef: { kind: 'Deployment', name: target } });
    const targets = spec?.metrics?.map(({ resource }) => [resource?.name, resource?.target.averageUtilization]);
    expect(targets).toEqual(Object.entries(utilization));
  });

  test(`an upgrade leaves to ${name} how many replicas there are`, counted, async ({ chart }) => {
    const deployment = (await chart.deployed()).find('Deployment', target);
    expect(deployment).toHaveProperty('spec.selector');
    expect(deployment).not.toHaveProperty('spec.replicas');
  });

  test(
    `${name} adds and takes one pod at a time, and waits five minutes before it takes one`,
    covers('FR-023', 'FR-024'),
    async ({ cluster }) => {
      const { spec } = await cluster.get('HorizontalPodAutoscaler', name);
      const rules = { policies: [{ type: 'Pods', value: 1, periodSeconds: 10 }], selectPolicy: 'Max' };
      // And nothing else, such as a tolerance of its own.
      expect(spec?.behavior).toEqual({
        scaleUp: { stabilizationWindowSeconds: 0, ...rules },
        scaleDown: { stabilizationWindowSeconds: 300, ...rules },
      });
    },
  );
}
