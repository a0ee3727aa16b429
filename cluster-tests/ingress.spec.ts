import { covers, expect, forgeries, test } from '../fixtures/test.ts';

test(
  'an ingress controller is there for class nginx, and Ready',
  covers('US2.1', 'FR-011'),
  async ({ cluster, ingressController: { namespace, name } }) => {
    const { spec } = await cluster.get('IngressClass', 'nginx');
    expect(spec?.controller).toBe('k8s.io/ingress-nginx');
    expect(await cluster.in(namespace).pods(name)).not.toHaveLength(0);
    await cluster.in(namespace).rollout(name, { timeoutMs: 10_000 });
  },
);

test('the Ingress routes / and /api of todo-app.local', covers('US2.2', 'FR-012', 'FR-013', 'FR-014'), async ({ cluster }) => {
  const { metadata, spec, status } = await cluster.get('Ingress', 'todo-app-ingress');
  expect(spec?.ingressClassName).toBe('nginx');
  expect(spec?.rules).toHaveLength(1);
  expect(spec?.rules?.[0]?.host).toBe('todo-app.local');
  const routes = spec?.rules?.[0]?.http?.paths.map(({ path, pathType, backend }) => [
    path,
    pathType,
    backend.service?.name,
    backend.service?.port?.number,
  ]);
  expect(routes?.sort()).toEqual([
    ['/', 'Prefix', 'frontend-service', 3000],
    ['/api', 'Prefix', 'backend-service', 8000],
  ]);
  expect(status?.loadBalancer?.ingress).not.toHaveLength(0);
  // No path is rewritten, no body or waiting time made smaller than the controller has it.
  expect(Object.keys(metadata.annotations ?? {}).filter((key) => key.includes('ingress.kubernetes.io'))).toEqual([]);
});

test(
  'a browser shows the frontend at http://todo-app.local/',
  covers('US2.3', 'FR-013', 'FR-015', 'SC-002', '@frontend'),
  async ({ page, pages }) => {
    const troubles: string[] = [];
    page.on('console', (message) => message.type() === 'error' && troubles.push(message.text()));
    page.on('requestfailed', (request) => troubles.push(`${request.url()} failed`));
    const answer = await page.goto('http://todo-app.local/');
    expect(answer?.status()).toBe(200);
    expect(answer?.headers()['content-type']).toContain('text/html');
    await expect(pages.start.heading).toBeVisible();
    // Without its stylesheet a link is no button.
    await expect(pages.start.createAccountLink).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');
    expect(troubles).toEqual([]);
  },
);

test('the backend’s health check answers', covers('US2.4', 'FR-014', 'FR-016', 'SC-003', '@backend'), async ({ app }) => {
  const answer = await app.get('/api/health');
  expect(answer).toHaveStatus(200);
  expect(answer.headers['content-type']).toContain('application/json');
  expect(answer.json()).toEqual({ status: 'healthy' });
});

test(
  'a chat request with a JWT is answered with its tool calls',
  covers('US2.5', 'FR-017', '@backend'),
  async ({ api, user }) => {
    const answer = await api.chat(user, 'Add task to buy groceries');
    expect(answer).toHaveStatus(200);
    const title = expect.stringMatching(/^buy groceries$/i);
    expect(answer.json()).toMatchObject({
      response: expect.stringMatching(/buy groceries/i),
      tool_calls: [{ name: 'add_task', arguments: { title }, result: { title, completed: false } }],
    });
  },
);

test(
  'a chat request without a JWT, with a forged one, or for somebody else is refused',
  covers('US2.5', '@backend'),
  async ({ app, user, newUser }) => {
    const message = { message: 'Show me all my tasks' };
    expect(await app.post(`/api/${user.id}/chat`, message)).toHaveStatus(401);
    for (const [what, forged] of Object.entries(forgeries(await user.token())))
      await test.step(what, async () => {
        const headers = { authorization: `Bearer ${forged}` };
        expect(await app.post(`/api/${user.id}/chat`, message, { headers })).toHaveStatus(401);
      });
    const other = await newUser();
    const headers = { authorization: `Bearer ${await user.token()}` };
    expect(await app.post(`/api/${other.id}/chat`, message, { headers })).toHaveStatus(403);
  },
);

test('another host name is not the application', covers('FR-012'), async ({ app }) => {
  expect(await app.get('/', { headers: { host: 'other.local' } })).toHaveStatus(404);
});

test('a path of nobody gets the frontend’s page for what is not found', covers('FR-013'), async ({ app }) => {
  const answer = await app.get('/nowhere');
  expect(answer).toHaveStatus(404);
  expect(answer.headers['content-type']).toContain('text/html');
});

test(
  'the backend sees the path as it was sent, and the whole body',
  covers('FR-014', 'FR-017'),
  async ({ app, api, user, database }) => {
    const unknown = await app.get('/api/nobody/nothing/');
    expect(unknown).toHaveStatus(404);
    const message = expect.stringContaining('/api/nobody/nothing/');
    expect(unknown.json()).toMatchObject({ error: { code: 'not_found', message } });
    // The longest message that there may be; in UTF-8 it is nearly twice as long.
    expect(await api.chat(user, 'Привет! '.repeat(500).trim().padEnd(4000, '!'))).toHaveStatus(200);
    const title = `read ${'a long list of books '.repeat(8)}`.trim();
    expect(await api.chat(user, `Add task to ${title}`)).toHaveStatus(200);
    expect(await database.tasks(user.id)).toEqual([
      expect.objectContaining({ title: expect.stringMatching(new RegExp(title, 'i')) }),
    ]);
  },
);
