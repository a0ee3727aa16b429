import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { projectRoot } from '../../fixtures/settings.ts';

const chart = path.join(projectRoot, 'helm', 'todo-app');
const mapping = z.record(z.string(), z.unknown());

/** Values that the README explains as a whole. */
const whole = /\.(resources|behavior)$/;

/** The dotted names of all leaves, each with its default. */
function leaves(values: unknown, prefix = ''): [string, unknown][] {
  const parsed = mapping.safeParse(values);
  if (!parsed.success || Object.keys(parsed.data).length === 0 || whole.test(prefix)) return [[prefix, values]];
  return Object.entries(parsed.data).flatMap(([key, value]) => leaves(value, prefix ? `${prefix}.${key}` : key));
}

const defaults = new Map(leaves(parse(readFileSync(path.join(chart, 'values.yaml'), 'utf8'))));
const section =
  readFileSync(path.join(chart, 'README.md'), 'utf8')
    .split('\n## ')
    .find((each) => each.startsWith('Values\n')) ?? '';
const rows = [...section.matchAll(/^\| `([a-zA-Z0-9.]+)` \| (.*?) \|/gm)].map(([, name, shown]) => ({
  name: name ?? '',
  shown: shown ?? '',
}));

test('the README lists every value, in the order of values.yaml, and no other', () => {
  expect(rows.map(({ name }) => name)).toEqual([...defaults.keys()]);
});

test('the secrets that the README has a reader write are those that there are', () => {
  const [, written = ''] = /^secrets:\n((?: +\w+: .*\n)+)EOF$/m.exec(readFileSync(path.join(chart, 'README.md'), 'utf8')) ?? [];
  const names = [...written.matchAll(/^ +(\w+):/gm)].map(([, name = '']) => `secrets.${name}`);
  const all = [...defaults.keys()].filter((name) => name.startsWith('secrets.') && name !== 'secrets.existingSecret');
  expect(names.sort()).toEqual(all.sort());
});

test('the README shows the defaults as they are', () => {
  const literal = rows.filter(({ shown }) => shown.startsWith('`'));
  expect(literal.length).toBeGreaterThan(70);
  for (const { name, shown } of literal) expect(parse(shown.replaceAll('`', '')), name).toEqual(defaults.get(name));
});
