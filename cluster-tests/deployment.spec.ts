import { covers, endpointsReady, expect, test } from '../fixtures/test.ts';

const workloads = ['frontend', 'backend', 'mcp-server', 'redis'];
/** Name, port and component. */
const services = [
  ['frontend-service', 3000, '@frontend'],
  ['backend-service', 8000, '@backend'],
  ['mcp-service', 8001, '@mcp'],
  ['redis-service', 6379, '@redis'],
] as const;

test(
  'all four workloads were up within five minutes',
  covers('US1.1', 'FR-002', 'FR-003', 'FR-010', 'SC-001'),
  async ({ cluster, helm, chart, deployment }) => {
    expect(await helm.list()).toContainEqual(expect.objectContaining({ name: 'todo-app', status: 'deployed' }));
    for (const { metadata } of [...(await chart.deployed()).objects, ...(await chart.hooks())])
      expect(metadata['namespace'], metadata.name).toBe('todo-phaseiv');
    const kinds = await Promise.all(workloads.map(async (name) => (await cluster.rollout(name)).kind));
    expect(kinds).toEqual(['Deployment', 'Deployment', 'Deployment', 'StatefulSet']);
    expect(deployment.installation.readyAfterMs).toBeLessThan(5 * 60_000);
  },
);

for (const name of workloads) {
  test(`every pod of ${name} runs and was never restarted`, covers('US1.2', 'SC-001'), async ({ cluster }) => {
    expect(await cluster.readyPods(name)).toRunWithoutRestarts();
  });
}

test('nothing is left of what Helm starts for a moment', covers('US1.2', 'FR-045'), async ({ cluster, chart }) => {
  const hooks = await chart.hooks();
  expect(hooks.map(({ kind, metadata: { name } }) => `${kind} ${name}`)).toContain('Job todo-app-migrations');
  for (const kind of ['Job', 'Secret'] as const) {
    const names = hooks.filter((hook) => hook.kind === kind).map(({ metadata: { name } }) => name);
    // Their names alone: the report of a failure is no place for what is in a Secret.
    const there = (await cluster.list(kind)).map(({ metadata: { name } }) => name);
    expect(
      names.filter((name) => there.includes(name)),
      kind,
    ).toEqual([]);
  }
});

for (const [name, port, component] of services) {
  test(
    `${name} is a ClusterIP on port ${port} with pods behind it`,
    covers('US1.3', 'FR-008', component),
    async ({ cluster }) => {
      const { spec } = await cluster.get('Service', name);
      expect(spec).toMatchObject({ type: 'ClusterIP', clusterIP: expect.stringMatching(/[.:]/), ports: [{ port }] });
      // From every node, whether it has one of the pods or not.
      expect(spec?.internalTrafficPolicy).toBe('Cluster');
      await cluster.waitFor(endpointsReady(name), { timeoutMs: 10_000 });
    },
  );
}

test(
  'the backend pod finds Redis by its DNS name and gets a PONG',
  covers('US1.4', 'FR-008', '@redis'),
  async ({ insideBackend }) => {
    const answer = await insideBackend.redisPing('redis-service.todo-phaseiv.svc.cluster.local', 6379);
    expect(answer).toBe('PONG');
  },
);

test('Redis answers nobody who has no password', covers('FR-041', '@redis'), async ({ insideBackend }) => {
  expect(await insideBackend.redisPing('redis-service', 6379, { authenticated: false })).toMatch(/^NOAUTH/);
});

test(
  'the backend pod reaches PostgreSQL and can apply migrations',
  covers('US1.5', 'FR-009', '@backend'),
  async ({ insideBackend, database, secrets }) => {
    const { stdout, stderr } = await insideBackend.migrate();
    expect(secrets.foundIn([stdout, stderr])).toEqual([]);
    expect(stdout).toMatch(/up to date|Applied/);
    expect(await database.tables()).toEqual(expect.arrayContaining(['conversations', 'messages', 'tasks_phaseiii']));
  },
);

test(
  'migrations keep what a database holds that served before',
  covers('US1.5', 'FR-009'),
  async ({ insideBackend, emptyDatabase: { name, client } }) => {
    expect((await insideBackend.migrate({ database: name })).stdout).toContain('Applied');
    await client.query(`INSERT INTO tasks_phaseiii (user_id, title) VALUES ('somebody', 'feed the cat')`);
    // Whoever made its tables left no list of migrations.
    await client.query('DROP TABLE IF EXISTS pgmigrations');
    expect((await insideBackend.migrate({ database: name })).stdout).toMatch(/up to date|Applied/);
    expect((await client.query('SELECT title FROM tasks_phaseiii')).rows).toEqual([{ title: 'feed the cat' }]);
  },
);
