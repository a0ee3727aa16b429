import { covers, expect, test } from '../fixtures/test.ts';

test('helm lint finds nothing to say about the chart', covers('SC-008'), async ({ chart }) => {
  expect(await chart.lint()).toMatch(/1 chart\(s\) linted, 0 chart\(s\) failed/);
});

const images = {
  frontend: { image: /^localhost\/todo-app\/frontend:[\d.]+$/, requirement: 'FR-004' },
  backend: { image: /^localhost\/todo-app\/backend:[\d.]+$/, requirement: 'FR-005' },
  'mcp-server': { image: /^localhost\/todo-app\/mcp-server:[\d.]+$/, requirement: 'FR-006' },
  redis: { image: /^redis:7-alpine$/, requirement: 'FR-007' },
} as const;
for (const [name, { image, requirement }] of Object.entries(images)) {
  test(
    `the chart’s own ${name} has its own image, which is pulled only where it is missing`,
    covers(requirement),
    async ({ chart }) => {
      const container = (await chart.render()).container(name);
      expect(container.image).toMatch(image);
      expect(container.imagePullPolicy).toBe('IfNotPresent');
    },
  );
}

test('the chart’s own Redis is started by sh, which that image has', covers('FR-007'), async ({ chart }) => {
  const container = (await chart.render()).container('redis');
  expect(container.command?.slice(0, 2)).toEqual(['sh', '-c']);
  // By its name: where an image has it is the image's affair, and the one that runs here has it elsewhere.
  expect(container.command?.[2]).toMatch(/^exec redis-server /m);
  expect(JSON.stringify(container)).not.toMatch(/\/redis-(server|cli)\b/);
});

test('the chart’s own claim is for 1 Gi of class standard', covers('FR-025', 'FR-026', 'FR-027'), async ({ chart }) => {
  // A cluster whose default class is standard would hide that the chart names none.
  expect((await chart.render()).find('PersistentVolumeClaim', 'redis-data-pvc')).toMatchObject({
    spec: { accessModes: ['ReadWriteOnce'], storageClassName: 'standard', resources: { requests: { storage: '1Gi' } } },
  });
});

test('the chart’s own Ingress is of class nginx, for todo-app.local', covers('FR-011', 'FR-012'), async ({ chart }) => {
  const ingress = (await chart.render()).find('Ingress', 'todo-app-ingress');
  expect(ingress).toMatchObject({ spec: { ingressClassName: 'nginx', rules: [{ host: 'todo-app.local' }] } });
});

test('the chart’s own model is OpenAI’s, where its library finds it', covers('FR-060'), async ({ chart }) => {
  const data = (await chart.render()).find('ConfigMap', 'todo-app-config')?.['data'];
  expect(data).toHaveProperty('OPENAI_MODEL', 'gpt-5-mini');
  expect(data).not.toHaveProperty('OPENAI_BASE_URL');
});
