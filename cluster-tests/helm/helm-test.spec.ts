import { covers, expect, test } from '../../fixtures/test.ts';

interface Rule {
  resources: string[];
  verbs: string[];
}

/** The components, each with a spec that says that it works. */
const specs = {
  frontend: 'e2e/journey.spec.ts',
  backend: 'cluster-tests/ingress.spec.ts',
  mcp: 'e2e/chat.spec.ts',
  redis: 'cluster-tests/persistence.spec.ts',
};

test(
  'helm test runs the specs of every component inside the cluster',
  covers('SC-007'),
  async ({ helm, cluster, deployment }) => {
    test.setTimeout(5 * 60_000);
    const report = await helm.test(deployment.release, { timeoutMs: 4 * 60_000 });
    await test.info().attach('helm test', { body: report, contentType: 'text/plain' });

    for (const [component, spec] of Object.entries(specs)) {
      await test.step(component, async () => {
        const name = `todo-app-test-${component}`;
        expect((await cluster.get('Pod', name)).status?.phase).toBe('Succeeded');
        const log = await cluster.logs(name);
        expect(report).toContain(log.trim());
        expect(log).toContain(spec);
        expect(log).toMatch(/^ {2}\d+ passed/m);
        expect(log).not.toMatch(/^ {2}\d+ (failed|flaky|skipped|did not run)/m);
        for (const kind of ['ServiceAccount', 'Role', 'RoleBinding'] as const)
          expect(await cluster.find(kind, name)).toBeUndefined();
      });
    }
  },
);

test(
  'helm test fails where a component does not work, and names the spec',
  covers('SC-007'),
  async ({ helm, cluster, deployment, release }) => {
    test.setTimeout(5 * 60_000);
    const { spec } = await cluster.get('Service', 'redis-service');
    const selector = { ...spec?.selector, 'app.kubernetes.io/component': 'nobody' };
    await cluster.patch('Service', 'redis-service', { spec: { selector } });
    const failure = helm.test(deployment.release, { timeoutMs: 4 * 60_000 });
    await expect(failure).rejects.toThrow(/deployment\.spec\.ts\S* › the backend pod finds Redis[^]*\d+ failed/);
    await release.restore({ always: true });
  },
);

test('the tests may look, and run commands in pods, and nothing else', covers('SC-007'), async ({ chart }) => {
  const roles = (await chart.hooks()).flatMap(({ items }) => (items as { kind: string; rules?: Rule[] }[] | undefined) ?? []);
  expect([...new Set(roles.map(({ kind }) => kind))].sort()).toEqual(['Role', 'RoleBinding', 'ServiceAccount']);
  for (const { resources, verbs } of roles.flatMap(({ rules = [] }) => rules))
    expect(['get', 'list', 'watch', ...(resources.join() === 'pods/exec' ? ['create'] : [])]).toEqual(
      expect.arrayContaining(verbs),
    );
});
