/**
 * Checks the chart without a cluster: lint, its unit tests, and what it renders against the schemas of the oldest and the newest
 * Kubernetes it is for. Usage: scripts/chart/check.sh
 */
import path from 'node:path';
import { execa } from 'execa';
import { Listr } from 'listr2';
import { projectRoot } from '../../fixtures/settings.ts';
import { chartTools, clusterVersion, helmPath, schemaFolder } from './tools.ts';

const chart = path.join(projectRoot, 'helm', 'todo-app');
const examples = path.join(chart, 'tests', 'values');

/** The last patch of the oldest release that Chart.yaml admits. */
const oldestKubernetes = '1.28.15';

/** Every kind that the chart renders; another one is an error, so that this list stays true. */
const kinds = [
  'ConfigMap',
  'Deployment',
  'HorizontalPodAutoscaler',
  'Ingress',
  'Job',
  'PersistentVolumeClaim',
  'Pod',
  'PodDisruptionBudget',
  'Role',
  'RoleBinding',
  'Secret',
  'Service',
  'ServiceAccount',
  'StatefulSet',
];

/** The ways to use the chart that are rendered: name, and the values files on top of the defaults. */
const cases: Record<string, readonly string[]> = {
  defaults: ['secrets.yaml'],
  'small nodes': ['secrets.yaml', '../../values-small.yaml'],
  'an existing Secret': ['existing-secret.yaml'],
  'kept data': ['secrets.yaml', 'keep.yaml'],
  'extra paths': ['secrets.yaml', 'extra-paths.yaml'],
  'everything set': ['secrets.yaml', 'everything.yaml'],
  'Redis alone': ['secrets.yaml', 'redis-only.yaml'],
};

const valuesOf = (files: readonly string[]): string[] => files.flatMap((file) => ['--values', path.join(examples, file)]);

/** Runs a program and gives what it wrote to standard output; a failure's message is what it said. */
async function run(program: string, args: readonly string[], input?: string): Promise<string> {
  const result = await execa(program, args, { reject: false, ...(input === undefined ? {} : { input }) });
  const said = [result.stdout, result.stderr].filter(Boolean).join('\n');
  if (result.failed) throw new Error(said || result.shortMessage);
  return result.stdout;
}

/** Lints as strictly as Helm can; and what Helm only mentions (an [INFO]) is an error too. */
async function lint(helm: string, files: readonly string[]): Promise<void> {
  const result = await execa(helm, ['lint', '--strict', ...valuesOf(files), chart], { reject: false, all: true });
  if (result.failed || /\[(INFO|WARNING|ERROR)\]|level=/.test(result.all)) throw new Error(result.all);
}

/** Renders the chart as for an install and checks every object; no unknown field, no field twice, no kind without a schema. */
async function checkManifests(helm: string, kubeconform: string, version: string, files: readonly string[]): Promise<void> {
  const schemas = await schemaFolder(version, kinds);
  const render = ['template', 'todo-app', chart, '--namespace', 'todo-phaseiv', '--kube-version', version, ...valuesOf(files)];
  const manifests = await run(helm, render);
  const location = path.join(schemas, '{{.ResourceKind}}{{.KindSuffix}}.json');
  const report = await run(kubeconform, ['-strict', '-summary', '-schema-location', location, '-'], manifests);
  if (!/Valid: [1-9]/.test(report)) throw new Error(`Nothing was checked: ${report}`);
}

/** What the steps before have found. */
interface Context {
  helm: string;
  tools: Awaited<ReturnType<typeof chartTools>>;
  newest: string;
}

const everyCase = Object.entries(cases);

const steps = new Listr<Context>([
  {
    title: 'Helm, helm-unittest and kubeconform',
    task: async (context) => {
      [context.helm, context.tools, context.newest] = await Promise.all([helmPath(), chartTools(), clusterVersion()]);
    },
  },
  {
    title: 'Lint',
    task: async ({ helm }) => {
      await lint(helm, []);
      for (const [, files] of everyCase) await lint(helm, files);
    },
  },
  {
    title: 'Unit tests of the templates',
    task: async ({ tools }, step) => {
      const report = await run(tools.helmUnittest, ['--strict', chart]);
      step.title += ` (${/Tests:\s+(.*)/.exec(report)?.[1] ?? 'no count'})`;
    },
  },
  {
    title: 'Rendered manifests',
    task: ({ helm, tools, newest }, step) =>
      step.newListr(
        [oldestKubernetes, newest].map((version) => ({
          title: `valid for Kubernetes ${version}: ${everyCase.map(([name]) => name).join(', ')}`,
          task: async () => {
            for (const [name, files] of everyCase) {
              await checkManifests(helm, tools.kubeconform, version, files).catch((error: unknown) => {
                throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
              });
            }
          },
        })),
        { concurrent: true },
      ),
  },
]);

try {
  await steps.run();
} catch {
  // Listr has shown the step and its error.
  console.error('The chart is not right; see above.');
  process.exitCode = 1;
}
