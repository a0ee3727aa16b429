import { covers, expect, test, workloadTimes } from '../../fixtures/test.ts';

const STEPS = [
  'Cluster, Helm, database and model are there',
  'Images are built, and loaded onto the nodes',
  'Install Redis',
  'Redis is Ready',
  'Install the MCP server',
  'The MCP server is Ready',
  'Install the backend, after its migrations',
  'The migrations have made their tables',
  'The backend is Ready',
  'Install the frontend',
  'The frontend is Ready',
  'Install the Ingress',
  'The Ingress has an address, and the application answers',
  'The chart’s own tests pass',
  'The way in',
];
/** Deployed step by step, and tested by the chart's own tests. */
const DEPLOY_TIMEOUT_MS = 15 * 60_000;

test(
  'minikube has 4 CPUs, 8 GB of memory, an ingress controller and metrics',
  covers('US8.1', 'FR-001'),
  async ({ cluster, machine }) => {
    expect(await cluster.list('Node')).toHaveLength(1);
    expect(machine.cpus).toBeGreaterThanOrEqual(4);
    expect(machine.bytes).toBeGreaterThanOrEqual(8e9);
    await cluster.in('ingress-nginx').rollout('ingress-nginx-controller');
    await cluster.in('kube-system').rollout('metrics-server');
  },
);

test(
  'deploy.sh installs each component once the one before it works',
  covers('US8.2'),
  async ({ cluster, deployment: { host, ingressAddress }, release, scripts }) => {
    test.setTimeout(DEPLOY_TIMEOUT_MS);
    await release.uninstall();
    const migratedBefore = await release.migrations();
    const { exitCode, output } = await scripts.deploy();
    await test.info().attach('deploy.sh', { body: output, contentType: 'text/plain' });
    expect(exitCode, output).toBe(0);

    await test.step('it said each of its 15 steps, in order', () => {
      const done = [...output.matchAll(/^✔ (\d+\/15 .+) \([\d.]+ s\)$/gm)].map(([, step]) => step);
      expect(done).toEqual(STEPS.map((title, index) => `${index + 1}/15 ${title}`));
      expect(output).toContain(`http://${host}/`);
      expect(output).toContain(`${ingressAddress} ${host}`);
    });

    await test.step('by the cluster’s own clock, each came after the one before it was Ready', async () => {
      const order = ['redis', 'mcp-server', 'backend', 'frontend'];
      const times = await Promise.all(order.map((name) => workloadTimes(cluster, name)));
      const { metadata } = await cluster.get('Ingress', 'todo-app-ingress');
      const created = [...times.map((time) => time.created), new Date(metadata.creationTimestamp ?? '')];
      for (const [index, { ready }] of times.entries()) {
        const next = order[index + 1] ?? 'the Ingress';
        expect(created[index + 1]?.getTime(), `${next} after ${order[index] ?? ''} was Ready`).toBeGreaterThanOrEqual(
          ready.getTime(),
        );
      }
    });

    await test.step('migrations ran, with each installation from the backend on', async () => {
      expect(await release.migrations(migratedBefore)).toHaveLength(3);
    });

    await test.step('and the chart’s own tests passed after that', async () => {
      const { metadata: ingress } = await cluster.get('Ingress', 'todo-app-ingress');
      for (const component of ['redis', 'mcp', 'backend', 'frontend']) {
        const { metadata, status } = await cluster.get('Pod', `todo-app-test-${component}`);
        expect(status?.phase, metadata.name).toBe('Succeeded');
        const tested = Date.parse(metadata.creationTimestamp ?? '');
        expect(tested, metadata.name).toBeGreaterThanOrEqual(Date.parse(ingress.creationTimestamp ?? ''));
      }
    });
  },
);

test('deploy.sh leaves an application that runs as it is', covers('US8.2'), async ({ cluster, release, scripts }) => {
  test.setTimeout(DEPLOY_TIMEOUT_MS);
  // Those that no autoscaler adds to.
  const pods = async (): Promise<(string | undefined)[]> =>
    [...(await cluster.readyPods('redis')), ...(await cluster.readyPods('mcp-server'))].map(({ metadata }) => metadata.uid);
  const [podsBefore, revisionBefore] = [await pods(), await release.revision()];
  const { exitCode, output } = await scripts.deploy();
  expect(exitCode, output).toBe(0);
  expect(await release.revision()).toBe(revisionBefore);
  expect(await pods()).toEqual(podsBefore);
});

test('test.sh runs all six suites, and goes on after one that fails', covers('US8.3'), async ({ scripts }) => {
  const passed = await scripts.test();
  expect(passed.exitCode, passed.output).toBe(0);
  expect(passed.asked).toEqual([
    ...['helm', 'browser', 'autoscaling', 'resilience', 'persistence'].map((project) => `--project=${project}`),
    '--project=cluster cluster-tests/ingress.spec.ts',
  ]);
  const suites = ['helm', 'e2e', 'load', 'resilience', 'persistence', 'ingress'];
  for (const suite of suites) expect(passed.output).toMatch(new RegExp(`^${suite} +passed `, 'm'));

  const failed = await scripts.test({ failing: ['resilience'] });
  expect(failed.exitCode).toBe(1);
  expect(failed.asked).toEqual(passed.asked);
  for (const suite of suites)
    expect(failed.output).toMatch(new RegExp(`^${suite} +${suite === 'resilience' ? 'FAILED' : 'passed'} `, 'm'));
});
