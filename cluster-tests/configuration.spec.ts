import { covers, exampleSecrets, expect, filesOf, test, type Container } from '../fixtures/test.ts';

const secretKeys = ['BETTER_AUTH_SECRET', 'BETTER_AUTH_URL', 'DATABASE_URL', 'OPENAI_API_KEY', 'REDIS_PASSWORD'];
const workloads = ['frontend', 'backend', 'mcp-server', 'redis'];

test('the Secret has its five keys, each with a value', covers('US6.1', 'US6.2', 'FR-041'), async ({ cluster }) => {
  const { data = {} } = await cluster.get('Secret', 'todo-app-secrets');
  expect(Object.keys(data).sort()).toEqual(secretKeys);
  for (const value of Object.values(data)) expect(value).not.toBe('');
});

test('the ConfigMap has its four keys and leads to the services', covers('US6.4', 'FR-042'), async ({ cluster }) => {
  const { data } = await cluster.get('ConfigMap', 'todo-app-config');
  expect(data).toMatchObject({
    REDIS_HOST: 'redis-service',
    REDIS_PORT: '6379',
    MCP_SERVER_URL: 'http://mcp-service:8001',
    NEXT_PUBLIC_API_URL: expect.any(String),
  });
});

const secretsOf = {
  frontend: ['BETTER_AUTH_SECRET', 'BETTER_AUTH_URL', 'DATABASE_URL'],
  backend: ['BETTER_AUTH_URL', 'DATABASE_URL', 'OPENAI_API_KEY', 'REDIS_PASSWORD'],
  'mcp-server': ['BETTER_AUTH_URL', 'DATABASE_URL'],
  redis: ['REDIS_PASSWORD'],
};
for (const [name, keys] of Object.entries(secretsOf)) {
  test(`${name} gets what is secret by reference to the Secret`, covers('US6.3', 'FR-043'), async ({ cluster }) => {
    const { env = [], envFrom } = await cluster.container(name);
    expect(envFrom).toBeUndefined();
    const secret = env.filter(({ name: variable }) => secretKeys.includes(variable));
    expect(secret.map(({ name: variable }) => variable).sort()).toEqual(keys);
    for (const { name: variable, value, valueFrom } of secret) {
      expect(value, `${variable} is not written out`).toBeUndefined();
      expect(valueFrom?.secretKeyRef).toEqual({ name: 'todo-app-secrets', key: variable });
    }
  });
}

/** Redis itself needs nothing of it. */
const configured = {
  frontend: ['NEXT_PUBLIC_API_URL'],
  backend: ['MCP_SERVER_URL', 'REDIS_HOST', 'REDIS_PORT'],
  'mcp-server': [],
};
for (const [name, keys] of Object.entries(configured)) {
  test(`${name} gets its settings by reference to the ConfigMap`, covers('US6.4', 'FR-044'), async ({ cluster }) => {
    const { data = {} } = await cluster.get('ConfigMap', 'todo-app-config');
    const { env = [] } = await cluster.container(name);
    const settings = env.filter(({ name: variable }) => variable in data);
    expect(settings.map(({ name: variable }) => variable)).toEqual(expect.arrayContaining(keys));
    expect(settings).not.toHaveLength(0);
    for (const { name: variable, value, valueFrom } of settings) {
      expect(value, `${variable} is not written out`).toBeUndefined();
      expect(valueFrom?.configMapKeyRef).toEqual({ name: 'todo-app-config', key: variable });
    }
  });
}

test('every setting of the ConfigMap gets to a pod', covers('FR-042', 'FR-044'), async ({ cluster }) => {
  const { data = {} } = await cluster.get('ConfigMap', 'todo-app-config');
  const containers = await Promise.all(Object.keys(configured).map((name) => cluster.container(name)));
  expect(configKeys(containers)).toEqual(Object.keys(data).sort());
});

test('so does what need not be set', covers('FR-044'), async ({ chart }) => {
  const rendered = await chart.render({
    frontend: { trustedProxies: ['10.0.0.0/8'], authSignInLimit: 5 },
    config: { openaiBaseUrl: 'http://192.0.2.1/v1' },
  });
  const data = rendered.find('ConfigMap', 'todo-app-config')?.['data'];
  const keys = configKeys(Object.keys(configured).map((name) => rendered.container(name)));
  expect(keys).toEqual(expect.arrayContaining(['AUTH_TRUSTED_PROXIES', 'AUTH_SIGN_IN_LIMIT', 'OPENAI_BASE_URL']));
  expect(keys).toEqual(Object.keys(data ?? {}).sort());
});

test('in the backend pod DATABASE_URL is the database’s', covers('US6.3', 'FR-009'), async ({ secrets }) => {
  // A digest: the value itself would end in the report of a failure.
  expect(await secrets.digestIn('backend', 'DATABASE_URL')).toBe(secrets.digest('DATABASE_URL'));
});

test('no secret is in a manifest outside of Secrets', covers('US6.3', 'FR-045'), async ({ chart, secrets }) => {
  const [{ objects }, hooks] = [await chart.deployed(), await chart.hooks()];
  expect(objects.length).toBeGreaterThan(10);
  expect(hooks.length).toBeGreaterThan(4);
  const all = [...objects, ...hooks];
  expect(secrets.foundIn(all.filter(({ kind }) => kind !== 'Secret'))).toEqual([]);
  // In those, Helm keeps them in base64, at least. Their names alone: the report of a failure is no place for the rest.
  const made = all.filter(({ kind }) => kind === 'Secret');
  expect(made).not.toHaveLength(0);
  for (const secret of made) expect(Object.keys(secret), secret.metadata.name).not.toContain('stringData');
  // What is looked for would be found.
  expect(secrets.foundIn(made)).toEqual(expect.arrayContaining(['BETTER_AUTH_SECRET', 'OPENAI_API_KEY', 'REDIS_PASSWORD']));
});

test('nor in what Helm says after an installation', covers('FR-045'), async ({ chart, secrets }) => {
  const notes = await chart.notes();
  expect(notes).toContain('helm test');
  expect(secrets.foundIn(notes)).toEqual([]);
});

test('no secret is in a log, an event or a process’ arguments', covers('FR-045'), async ({ secrets }) => {
  expect(await secrets.foundInLogs(workloads)).toEqual([]);
  expect(await secrets.foundInEvents()).toEqual([]);
  expect(await secrets.foundInArguments(workloads)).toEqual([]);
});

test('no secret is in what a browser gets', covers('FR-045'), async ({ app, api, user, secrets }) => {
  const paths = ['/', '/auth/login', '/auth/register'];
  const pages = [...(await Promise.all(paths.map((path) => app.get(path)))), await api.page(user, '/chat')];
  for (const page of pages) expect(page).toHaveStatus(200);
  const files = await filesOf(app, pages);
  expect(files.filter(({ status }) => status === 200)).not.toHaveLength(0);
  const health = await app.get('/api/health', { headers: { 'x-probe': 'readiness' } });
  expect(secrets.foundIn([...pages, ...files, health].map(({ headers, text }) => [headers, text]))).toEqual([]);
});

test('the chart has no secret of its own, and is not installed without', covers('FR-041', 'FR-045'), async ({ chart }) => {
  const keys = ['betterAuthSecret', 'betterAuthUrl', 'databaseUrl', 'openaiApiKey', 'redisPassword'];
  await expect(chart.render({ secrets: {} })).rejects.toThrow(`missing: ${keys.map((key) => `secrets.${key}`).join(', ')}`);
});

test('secrets can be given in base64', covers('FR-046', 'US6.1'), async ({ chart }) => {
  const rendered = await chart.render();
  expect(rendered.find('Secret', 'todo-app-secrets')?.['data']).toEqual({
    BETTER_AUTH_SECRET: exampleSecrets.betterAuthSecret,
    BETTER_AUTH_URL: exampleSecrets.betterAuthUrl,
    DATABASE_URL: exampleSecrets.databaseUrl,
    OPENAI_API_KEY: exampleSecrets.openaiApiKey,
    REDIS_PASSWORD: exampleSecrets.redisPassword,
  });
});

test('secrets can be a Secret of another’s making', covers('FR-046'), async ({ chart }) => {
  const rendered = await chart.render({ secrets: { existingSecret: 'from-the-vault' } });
  expect(rendered.objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  const references = workloads
    .flatMap((name) => rendered.container(name).env ?? [])
    .flatMap(({ valueFrom }) => valueFrom?.secretKeyRef ?? []);
  expect(references).not.toHaveLength(0);
  for (const { name } of references) expect(name).toBe('from-the-vault');
});

/** Which keys of the ConfigMap containers refer to: each once, sorted. */
function configKeys(containers: readonly Container[]): string[] {
  const keys = containers.flatMap(({ env = [] }) => env.flatMap(({ valueFrom }) => valueFrom?.configMapKeyRef?.key ?? []));
  return [...new Set(keys)].sort();
}
