import { describe, expect, test } from 'vitest';
import { components, type ComponentKey } from '../../fixtures/setup/components.ts';
import { enabledFor, valuesFor } from './components.ts';

const keys = components.map(({ key }) => key);

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
