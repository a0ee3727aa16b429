import { expect, test } from 'vitest';
import { kubernetesSchemas } from './schemas.ts';

const intOrString = 'io.k8s.apimachinery.pkg.util.intstr.IntOrString';
const document = JSON.stringify({
  definitions: {
    'v1.Thing': {
      type: 'object',
      properties: { spec: { $ref: '#/definitions/v1.ThingSpec' }, kind: { type: 'string' } },
      'x-kubernetes-group-version-kind': [{ group: 'things.k8s.io', version: 'v1', kind: 'Thing' }],
    },
    'v1.ThingSpec': {
      type: 'object',
      properties: { port: { $ref: `#/definitions/${intOrString}` }, self: { $ref: '#/definitions/v1.ThingSpec' } },
    },
    [intOrString]: { type: 'string', format: 'int-or-string' },
    'v1.Labels': { type: 'object', additionalProperties: { type: 'string' } },
  },
});

test('a kind gets a file of its own, with what it needs and no unknown fields', () => {
  const files = kubernetesSchemas(document, ['Thing']);
  expect([...files.keys()]).toEqual(['thing-things-v1.json']);
  const schema: unknown = JSON.parse(files.get('thing-things-v1.json') ?? '');
  expect(schema).toMatchObject({
    allOf: [{ $ref: '#/definitions/v1.Thing' }, { required: ['apiVersion', 'kind', 'metadata'] }],
    definitions: {
      'v1.Thing': { additionalProperties: false },
      'v1.ThingSpec': { additionalProperties: false },
      [intOrString]: { type: ['string', 'number'] },
    },
  });
  expect(schema).not.toHaveProperty(['definitions', 'v1.Labels']);
});

test('a kind that is nowhere is an error', () => {
  expect(() => kubernetesSchemas(document, ['Thing', 'Gadget'])).toThrow('has no Gadget');
});
