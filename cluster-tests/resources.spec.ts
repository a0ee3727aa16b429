import { covers, expect, quantities, test } from '../fixtures/test.ts';

const large = { requests: { cpu: '500m', memory: '512Mi' }, limits: { cpu: '1000m', memory: '1024Mi' } };
const allSizes = ['limits.cpu', 'limits.memory', 'requests.cpu', 'requests.memory'];
const sizes = {
  frontend: { ...large, requirements: covers('FR-047', 'FR-048') },
  backend: { ...large, requirements: covers('FR-049', 'FR-050') },
  'mcp-server': {
    requests: { cpu: '250m', memory: '256Mi' },
    limits: { cpu: '500m', memory: '512Mi' },
    requirements: covers('FR-051', 'FR-052'),
  },
  redis: {
    requests: { cpu: '250m', memory: '128Mi' },
    limits: { cpu: '500m', memory: '256Mi' },
    requirements: covers('FR-053', 'FR-054'),
  },
};

test('every container has requests and limits, and no pod is BestEffort', covers('FR-055', 'SC-009'), async ({ cluster }) => {
  const pods = await cluster.list('Pod');
  expect(pods.length).toBeGreaterThanOrEqual(6);
  for (const { metadata, spec, status } of pods) {
    for (const { name, resources } of [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])])
      expect(Object.keys(quantities(resources)).sort(), `${metadata.name}, ${name}`).toEqual(allSizes);
    expect(status?.qosClass, metadata.name).toMatch(/^(Burstable|Guaranteed)$/);
  }
});

test('so has every container that Helm starts for a moment', covers('FR-055', 'SC-009'), async ({ chart }) => {
  // An existing Secret is checked first; then come the migrations, and the tests when they are asked for.
  const containers = await chart.hookContainers({ secrets: { existingSecret: 'from-the-vault' } });
  expect([...new Set(containers.map(({ name }) => name))].sort()).toEqual(['migrations', 'secret-check', 'test']);
  for (const { name, resources } of containers) expect(Object.keys(quantities(resources)).sort(), name).toEqual(allSizes);
});

for (const [name, { requests, limits, requirements }] of Object.entries(sizes)) {
  test(
    `the chart asks for ${requests.cpu} CPU and ${requests.memory} for ${name} by default`,
    requirements,
    async ({ chart }) => {
      expect((await chart.render()).container(name).resources).toEqual({ requests, limits });
    },
  );

  test(`${name} has the sizes it was deployed with`, covers('FR-055', 'SC-009'), async ({ cluster, chart }) => {
    const { resources } = (await chart.deployed()).container(name);
    // What it asks for may be less where nodes are small, its limits never.
    expect(quantities(resources)).toMatchObject(quantities({ limits }));
    for (const { spec } of await cluster.readyPods(name))
      expect(quantities(spec?.containers[0]?.resources)).toEqual(quantities(resources));
  });
}
