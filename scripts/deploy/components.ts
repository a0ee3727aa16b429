/** Which parts of the application a release has while it is rolled out step by step. */
import type { Values } from '../../fixtures/cluster/index.ts';
import { components, type ComponentKey } from '../../fixtures/setup/components.ts';

/**
 * What is to be enabled so that `key` gets installed: it, all that comes before it, and what is there already. So a second rollout takes
 * nothing away that runs, to put it back a minute later.
 */
export function enabledFor(key: ComponentKey, present: ReadonlySet<ComponentKey>): Set<ComponentKey> {
  const upTo = components.slice(0, components.findIndex((component) => component.key === key) + 1);
  return new Set([...upTo.map((component) => component.key), ...present]);
}

/** The same values, for a release that has only some of the components. With all of them they are what the setup project deploys. */
export function valuesFor(values: Values, enabled: ReadonlySet<ComponentKey>): Values {
  const changed: Record<string, unknown> = { ...values };
  for (const { key } of components) {
    if (!enabled.has(key)) changed[key] = { ...(values[key] as object | undefined), enabled: false };
  }
  return changed;
}
