import { covers, expect, test } from '../fixtures/test.ts';

const built = { frontend: covers('FR-004'), backend: covers('FR-005'), 'mcp-server': covers('FR-006'), redis: covers('FR-007') };

for (const [name, requirements] of Object.entries(built)) {
  test(`${name} runs from the image that was built for it`, requirements, async ({ cluster, deployment }) => {
    const images = (await cluster.readyPods(name)).map(({ spec }) => spec?.containers[0]?.image);
    expect(new Set(images)).toEqual(new Set([deployment.images[name]]));
  });
}

test('the frontend is rendered by Next.js', covers('FR-004'), async ({ app }) => {
  const page = await app.get('/');
  const asset = /\/_next\/static\/[^"]+\.js/.exec(page.text)?.[0];
  expect(await app.get(asset ?? 'no asset')).toHaveStatus(200);
});

test('the backend and the MCP server speak HTTP on their ports', covers('FR-005', 'FR-006'), async ({ insideBackend }) => {
  expect(await insideBackend.get('http://backend-service:8000/api/health')).toMatchObject({ status: 200 });
  expect(await insideBackend.get('http://mcp-service:8001/health')).toMatchObject({ status: 200 });
});

test('Redis is of version 7', covers('FR-007'), async ({ redis }) => {
  expect(await redis.info('server')).toMatchObject({ redis_version: expect.stringMatching(/^7\./) });
});
