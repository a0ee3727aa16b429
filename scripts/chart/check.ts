/**
 * Checks the chart without a cluster: lint, its unit tests, and what it renders against the schemas of the oldest and the newest
 * Kubernetes it is for. Usage: scripts/chart/check.sh
 */
import path from 'node:path';
import { execa } from 'execa';
import { kubernetesVersion } from '../../fixtures/cluster/providers/embedded/binaries.ts';
import type { Progress } from '../../fixtures/cluster/providers/provider.ts';
import { readDocument } from '../../fixtures/documents/index.ts';
import { messageOf } from '../../fixtures/errors.ts';
import { projectRoot } from '../../fixtures/settings.ts';
import { terminalProgress } from '../progress.ts';
import { chartTools, helmPath, schemaFolder } from './tools.ts';

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

/** A way to use the chart: values files, and perhaps more values on top of them, in YAML. */
interface Case {
  files: readonly string[];
  values?: string;
}

/** The ways to use the chart that are rendered, each with its name. */
const cases: Record<string, Case> = {
  defaults: { files: ['secrets.yaml'] },
  'small nodes': { files: ['secrets.yaml', '../../values-small.yaml'] },
  'an existing Secret': { files: ['existing-secret.yaml'] },
  'kept data': { files: ['secrets.yaml', 'keep.yaml'] },
  'extra paths': { files: ['secrets.yaml', 'extra-paths.yaml'] },
  'everything set': { files: ['secrets.yaml', 'everything.yaml'] },
  'Redis alone': { files: ['secrets.yaml', 'redis-only.yaml'] },
  ...readmeExamples(),
};

/** What the chart's README shows as examples of values. */
function readmeExamples(): Record<string, Case> {
  const { sections } = readDocument('chart');
  const text = sections.find(({ title }) => title === 'Examples')?.text ?? '';
  const shown = [...text.matchAll(/^```yaml\n([^]*?)^```$/gm)].map(([, values = '']) => ({ files: ['secrets.yaml'], values }));
  if (shown.length < 2) throw new Error(`The chart’s README has ${shown.length} examples of values; two and more are wanted.`);
  return Object.fromEntries(shown.map((each, index) => [`the README’s example ${index + 1}`, each]));
}

/** Helm's arguments for a case, and what it reads on standard input. */
function given({ files, values }: Case): { args: string[]; input: string } {
  const all = [...files.map((file) => path.join(examples, file)), ...(values === undefined ? [] : ['-'])];
  return { args: all.flatMap((file) => ['--values', file]), input: values ?? '' };
}

/** Runs a program and gives what it wrote to standard output; a failure's message is what it said. */
async function run(program: string, args: readonly string[], input?: string): Promise<string> {
  const result = await execa(program, args, { reject: false, ...(input === undefined ? {} : { input }) });
  const said = [result.stdout, result.stderr].filter(Boolean).join('\n');
  if (result.failed) throw new Error(said || result.shortMessage);
  return result.stdout;
}

/** Lints as strictly as Helm can; and what Helm only mentions (an [INFO]) is an error too. */
async function lint(helm: string, { args, input }: ReturnType<typeof given>): Promise<void> {
  const result = await execa(helm, ['lint', '--strict', ...args, chart], { reject: false, all: true, input });
  if (result.failed || /\[(INFO|WARNING|ERROR)\]|level=/.test(result.all)) throw new Error(result.all);
}

/** Renders the chart as for an install and checks every object; no unknown field, no field twice, no kind without a schema. */
async function checkManifests(helm: string, kubeconform: string, version: string, one: Case): Promise<void> {
  const schemas = await schemaFolder(version, kinds);
  const { args, input } = given(one);
  const render = ['template', 'todo-app', chart, '--namespace', 'todo-phaseiv', '--kube-version', version, ...args];
  const manifests = await run(helm, render, input);
  const location = path.join(schemas, '{{.ResourceKind}}{{.KindSuffix}}.json');
  const report = await run(kubeconform, ['-strict', '-summary', '-schema-location', location, '-'], manifests);
  if (!/Valid: [1-9]/.test(report)) throw new Error(`Nothing was checked: ${report}`);
}

const everyCase = Object.entries(cases);

async function check(progress: Progress): Promise<void> {
  const { helm, tools, newest } = await progress.step('Helm, helm-unittest and kubeconform', async () => {
    const [helm, tools] = await Promise.all([helmPath(), chartTools()]);
    return { helm, tools, newest: (await kubernetesVersion()).replace(/^v/, '') };
  });
  await progress.step('Lint', async () => {
    await lint(helm, given({ files: [] }));
    for (const [, each] of everyCase) await lint(helm, given(each));
  });
  await progress.step('Unit tests of the templates', async () => {
    const report = await run(tools.helmUnittest, ['--strict', chart]);
    console.log(`  ${/Tests:\s+(.*)/.exec(report)?.[1] ?? 'no count'}`);
  });
  await progress.step(`Rendered manifests: ${everyCase.map(([name]) => name).join(', ')}`, async (inner) => {
    const validate = async (version: string): Promise<void> => {
      for (const [name, each] of everyCase) {
        await checkManifests(helm, tools.kubeconform, version, each).catch((error: unknown) => {
          throw new Error(`${name}, for Kubernetes ${version}: ${messageOf(error)}`, { cause: error });
        });
      }
    };
    const versions = [oldestKubernetes, newest];
    await Promise.all(versions.map((version) => inner.step(`valid for Kubernetes ${version}`, () => validate(version))));
  });
}

try {
  await check(terminalProgress(process.stdout));
} catch (error) {
  console.error(`\nerror: ${messageOf(error)}\n\nThe chart is not right, or could not be checked.`);
  process.exitCode = 1;
}
