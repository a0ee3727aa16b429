import { covers, expect, test } from '../fixtures/test.ts';

const timing = { initialDelaySeconds: 10, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3, successThreshold: 1 };

const http = {
  frontend: { port: 3000, requirements: covers('US5.1', 'FR-031', 'FR-032', 'FR-033', 'FR-037', 'FR-038', '@frontend') },
  backend: { port: 8000, requirements: covers('FR-031', 'FR-032', 'FR-034', 'FR-037', 'FR-038', '@backend') },
  'mcp-server': { port: 8001, requirements: covers('FR-031', 'FR-032', 'FR-035', 'FR-037', 'FR-038', '@mcp') },
};

for (const [name, { port, requirements }] of Object.entries(http)) {
  test(`${name} is probed by GET /health on port ${port}, for life and for readiness`, requirements, async ({ cluster }) => {
    const { livenessProbe, readinessProbe, startupProbe } = await cluster.container(name);
    expect(livenessProbe).toMatchObject({ httpGet: { path: '/health', port }, ...timing });
    expect(readinessProbe).toMatchObject({ httpGet: { path: '/health', port }, ...timing });
    // The others would wait for it.
    expect(startupProbe).toBeUndefined();
  });
}

test(
  'Redis is probed by redis-cli ping, for life and for readiness',
  covers('FR-031', 'FR-032', 'FR-036', 'FR-037', 'FR-038', '@redis'),
  async ({ cluster }) => {
    const { livenessProbe, readinessProbe, startupProbe } = await cluster.container('redis');
    expect(livenessProbe).toMatchObject(timing);
    expect(livenessProbe?.exec?.command?.join(' ')).toContain('redis-cli ping');
    expect(readinessProbe).toEqual(livenessProbe);
    expect(startupProbe).toBeUndefined();
  },
);

test(
  'a backend’s readiness depends on what it needs, its life does not',
  covers('FR-034', 'FR-040', '@backend'),
  async ({ cluster }) => {
    const { livenessProbe, readinessProbe } = await cluster.container('backend');
    expect(readinessProbe?.httpGet?.httpHeaders).toEqual([{ name: 'X-Probe', value: 'readiness' }]);
    expect(livenessProbe?.httpGet?.httpHeaders).toBeUndefined();
  },
);

for (const name of [...Object.keys(http), 'redis']) {
  test(`a container of ${name} that hangs is ended within a minute of its last probe`, covers('FR-039'), async ({ cluster }) => {
    const [pod] = await cluster.readyPods(name);
    expect(pod?.spec?.terminationGracePeriodSeconds).toBeLessThanOrEqual(60);
    expect(pod?.spec?.containers[0]?.livenessProbe?.terminationGracePeriodSeconds).toBeUndefined();
  });
}

test('a backend that answers its readiness probe is Ready', covers('US5.2', '@backend'), async ({ cluster, insideBackend }) => {
  const answer = await insideBackend.get('http://localhost:8000/health', { 'x-probe': 'readiness' });
  expect(answer).toEqual({ status: 200, body: '{"status":"healthy"}' });
  for (const pod of await cluster.readyPods('backend'))
    expect(pod.status?.conditions).toContainEqual(expect.objectContaining({ type: 'Ready', status: 'True' }));
});

test('the MCP server passes one liveness probe after another', covers('US5.5', '@mcp'), async ({ cluster }) => {
  const lastMs = 3 * timing.periodSeconds * 1000;
  const pods = await cluster.readyPods('mcp-server', { forMs: lastMs });
  expect(pods).toRunWithoutRestarts();
  const events = (await cluster.events({ lastMs })).filter((event) => event.includes('Liveness probe failed'));
  for (const { metadata } of pods) expect(events).not.toContainEqual(expect.stringContaining(metadata.name));
});
