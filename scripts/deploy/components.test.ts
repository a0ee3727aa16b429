import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { Cluster } from '../../fixtures/cluster/index.ts';
import { FakeApi } from '../../fixtures/cluster/testing/fakeApi.ts';
import { chart } from '../../fixtures/setup/deploy.ts';
import { components, enabledFor, valuesFor, type ComponentKey } from './components.ts';
import { keepsMinimum } from './keepsMinimum.ts';

const keys = components.map(({ key }) => key);

test('components come in the order in which they need each other', () => {
  expect(keys).toEqual(['redis', 'mcpServer', 'backend', 'frontend', 'ingress']);
});

test('each can be switched off in the chart', async () => {
  const values = parse(await readFile(path.join(chart, 'values.yaml'), 'utf8')) as Record<string, { enabled?: unknown }>;
  expect(keys.map((key) => values[key]?.enabled)).toEqual(keys.map(() => true));
});

describe('enabledFor', () => {
  test('is the component and those before it', () => {
    expect([...enabledFor('backend', new Set())]).toEqual(['redis', 'mcpServer', 'backend']);
    expect([...enabledFor('ingress', new Set())]).toEqual(keys);
  });

  test('keeps what is there already', () => {
    expect(enabledFor('redis', new Set(keys))).toEqual(new Set(keys));
    expect(enabledFor('redis', new Set<ComponentKey>(['frontend']))).toEqual(new Set(['redis', 'frontend']));
  });
});

describe('valuesFor', () => {
  const values = { redis: { image: 'r' }, backend: { image: 'b' }, config: { a: 1 } };

  test('switches the other components off and changes nothing else', () => {
    expect(valuesFor(values, new Set<ComponentKey>(['redis']))).toEqual({
      redis: { image: 'r' },
      mcpServer: { enabled: false },
      backend: { image: 'b', enabled: false },
      frontend: { enabled: false },
      ingress: { enabled: false },
      config: { a: 1 },
    });
  });

  test('leaves the values of the whole application as the setup project gives them', () => {
    expect(JSON.stringify(valuesFor(values, new Set(keys)))).toBe(JSON.stringify(values));
  });
});

describe('keepsMinimum', () => {
  let api: FakeApi;
  beforeEach(async () => {
    api = await FakeApi.start();
  });
  afterEach(async () => {
    await api[Symbol.asyncDispose]();
  });
  const wait = (timeoutMs: number) => new Cluster(api.client, 'test').waitFor(keepsMinimum('app', 'app-hpa'), { timeoutMs });

  test('is not content with the one pod that a Deployment begins with', async () => {
    await expect(wait(200)).rejects.toThrow('there is no HorizontalPodAutoscaler app-hpa');
    api.put('HorizontalPodAutoscaler', { metadata: { name: 'app-hpa' }, spec: { minReplicas: 2 } });
    api.put('Deployment', { metadata: { name: 'app' }, status: { availableReplicas: 1 } });
    await expect(wait(200)).rejects.toThrow('1 of at least 2 pods available');
    const waiting = wait(5000);
    api.put('Deployment', { metadata: { name: 'app' }, status: { availableReplicas: 2 } });
    expect(await waiting).toBe(2);
  });
});
