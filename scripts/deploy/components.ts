/** The parts of the application in the order in which they need each other, and how one knows that each of them works. */
import {
  allOf,
  deploymentAvailable,
  endpointsReady,
  ingressHasAddress,
  statefulSetReady,
  type Condition,
  type TerminalStates,
  type Values,
} from '../../fixtures/cluster/index.ts';
import { keepsMinimum } from './keepsMinimum.ts';

/** Each by its key in the chart's values. */
export type ComponentKey = 'redis' | 'mcpServer' | 'backend' | 'frontend' | 'ingress';

export interface Component {
  key: ComponentKey;
  /** The object that shows whether it is installed. */
  kind: 'StatefulSet' | 'Deployment' | 'Ingress';
  name: string;
  /** True once it does its work. */
  ready: Condition<unknown>;
}

/** A first rollout has no older pods that would make room. */
const terminal: TerminalStates = { unschedulableAfterMs: 60_000 };

export const components: readonly Component[] = [
  {
    key: 'redis',
    kind: 'StatefulSet',
    name: 'redis',
    ready: allOf(statefulSetReady('redis', terminal), endpointsReady('redis-service')),
  },
  {
    key: 'mcpServer',
    kind: 'Deployment',
    name: 'mcp-server',
    ready: allOf(deploymentAvailable('mcp-server', terminal), endpointsReady('mcp-service')),
  },
  {
    key: 'backend',
    kind: 'Deployment',
    name: 'backend',
    ready: allOf(
      keepsMinimum('backend', 'backend-hpa'),
      deploymentAvailable('backend', terminal),
      endpointsReady('backend-service'),
    ),
  },
  {
    key: 'frontend',
    kind: 'Deployment',
    name: 'frontend',
    ready: allOf(
      keepsMinimum('frontend', 'frontend-hpa'),
      deploymentAvailable('frontend', terminal),
      endpointsReady('frontend-service'),
    ),
  },
  { key: 'ingress', kind: 'Ingress', name: 'todo-app-ingress', ready: ingressHasAddress('todo-app-ingress') },
];

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
