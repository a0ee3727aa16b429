/** The application, one component after another, each seen to work before the next one is installed. Safe to repeat. */
import { unlessAborted } from '../../fixtures/abort.ts';
import { allowScaleDown, claimNamespace, Client, Cluster, Helm } from '../../fixtures/cluster/index.ts';
import { selectProvider } from '../../fixtures/cluster/providers/index.ts';
import type { ClusterAccess, ClusterProvider, Progress } from '../../fixtures/cluster/providers/provider.ts';
import { toolPath } from '../../fixtures/cluster/tools.ts';
import { startServices, type Services } from '../../fixtures/services/index.ts';
import { deployment } from '../../fixtures/settings.ts';
import { components, type Component, type ComponentKey } from '../../fixtures/setup/components.ts';
import {
  applicationAnswers,
  chart,
  describeDeployment,
  planRelease,
  type DeployOptions,
  type ReleasePlan,
} from '../../fixtures/setup/deploy.ts';
import { buildImages, type BuiltImage } from '../../fixtures/setup/images.ts';
import { findInstallation, writeRecord, type DeploymentRecord } from '../../fixtures/setup/record.ts';
import { READY_TIMEOUT_MS, upgradeRelease } from '../../fixtures/setup/release.ts';
import { deploymentDigest } from '../../fixtures/setup/values.ts';
import { enabledFor, valuesFor } from './components.ts';
import { Steps } from './steps.ts';
import { findTables } from './tables.ts';

/** The chart's four tests run one after another, each for three minutes at most (`activeDeadlineSeconds`). */
const HELM_TEST_TIMEOUT_MS = 15 * 60_000;

/** @throws StepError */
export async function rollOut({ progress, signal, onCluster }: DeployOptions): Promise<DeploymentRecord> {
  const steps = new Steps(progress, 15, signal);
  const ground = await steps.run('Cluster, Helm, database and model are there', (inner) => prepare(inner, signal));
  onCluster?.(ground.cluster);
  const images = await steps.run('Images are built, and loaded onto the nodes', async (inner) => {
    const built = await buildImages(inner);
    await ground.provider.load(
      built.map(({ archive }) => archive),
      inner,
    );
    return built;
  });

  const rollout = await Rollout.begin(ground, images, signal);
  await steps.run('Install Redis', (inner) => rollout.install('redis', inner));
  await steps.run('Redis is Ready', () => rollout.verify('redis'));
  await steps.run('Install the MCP server', (inner) => rollout.install('mcpServer', inner));
  await steps.run('The MCP server is Ready', () => rollout.verify('mcpServer'));
  await steps.run('Install the backend, after its migrations', (inner) => rollout.install('backend', inner));
  await steps.run('The migrations have made their tables', (inner) => rollout.verifyMigrations(inner));
  await steps.run('The backend is Ready', () => rollout.verify('backend'));
  await steps.run('Install the frontend', (inner) => rollout.install('frontend', inner));
  await steps.run('The frontend is Ready', () => rollout.verify('frontend'));
  await steps.run('Install the Ingress', (inner) => rollout.install('ingress', inner));
  const record = await steps.run('The Ingress has an address, and the application answers', () => rollout.finish());
  await steps.run('The chart’s own tests pass', (inner) => rollout.test(inner));
  return steps.run('The way in', () => Promise.resolve(record));
}

/** What the application stands on. */
interface Ground {
  provider: ClusterProvider;
  access: ClusterAccess;
  cluster: Cluster;
  /** Path of the helm program. */
  helm: string;
  services: Services;
}

async function prepare(progress: Progress, signal: AbortSignal | undefined): Promise<Ground> {
  const provider = await selectProvider();
  const access = await progress.step(`Kubernetes cluster (${provider.name})`, (inner) =>
    provider.up(inner, { ...(signal && { signal }) }),
  );
  const helm = await toolPath('helm', progress);
  const cluster = new Cluster(new Client(access), deployment.namespace);
  await claimNamespace(cluster.client, cluster.namespace);
  const services = await progress.step('Database and model', () => startServices({ hostAddress: access.hostAddress }));
  return { provider, access, cluster, helm, services };
}

class Rollout {
  readonly #ground: Ground;
  readonly #images: readonly BuiltImage[];
  readonly #plan: ReleasePlan;
  readonly #helm: Helm;
  readonly #signal: AbortSignal | undefined;
  /** How the application was installed, if it was there before. */
  #known: DeploymentRecord['installation'] | undefined;
  /** When this rollout began to install something. */
  #startedAt: Date | undefined;

  private constructor(ground: Ground, images: readonly BuiltImage[], plan: ReleasePlan, signal: AbortSignal | undefined) {
    const { access, cluster, helm: binary } = ground;
    this.#ground = ground;
    this.#images = images;
    this.#plan = plan;
    this.#helm = new Helm({ binary, kubeconfig: access.kubeconfig, context: access.context, namespace: cluster.namespace });
    this.#signal = signal;
  }

  static async begin(ground: Ground, images: readonly BuiltImage[], signal: AbortSignal | undefined): Promise<Rollout> {
    await allowScaleDown(ground.cluster);
    const rollout = new Rollout(ground, images, await planRelease({ ...ground, images }), signal);
    rollout.#known = await findInstallation(ground.access, await rollout.#helm.find(deployment.release));
    return rollout;
  }

  /** Adds a component to the release, unless it is there and nothing about the release has changed. */
  async install(key: ComponentKey, progress: Progress): Promise<void> {
    const { cluster } = this.#ground;
    const { release } = deployment;
    const present = await this.#helm.find(release);
    const installed = await installedComponents(cluster);
    const enabled = enabledFor(key, installed);
    const values = valuesFor(this.#plan.values, enabled);
    const description = await deploymentDigest(chart, this.#plan.valuesFiles, values);
    const complete = [...enabled].every((one) => installed.has(one));
    if (complete && present?.status === 'deployed' && (await this.#helm.status(release)).description === description) {
      progress.note('nothing changed');
      return;
    }
    this.#startedAt ??= new Date();
    const options = { ...this.#plan, values, description, signal: this.#signal };
    await upgradeRelease({ helm: this.#helm, cluster, release, chart, present, options });
  }

  /** Waits until a component does its work. @throws WaitError, which names the pod that holds it up */
  async verify(key: ComponentKey): Promise<void> {
    const { ready } = componentOf(key);
    await this.#ground.cluster.waitFor(ready, { timeoutMs: READY_TIMEOUT_MS, signal: this.#signal });
  }

  async verifyMigrations(progress: Progress): Promise<void> {
    const tables = await findTables(this.#ground.services.databaseUrlFromHost);
    progress.note(tables.join(', '));
  }

  /** Sees that the application answers, and writes down what was deployed, for the specs. */
  async finish(): Promise<DeploymentRecord> {
    await this.verify('ingress');
    const { provider, access, helm, services } = this.#ground;
    await applicationAnswers(deployment.host, access.ingressAddress);
    const startedAt = this.#startedAt ?? new Date();
    const installation = this.#known ?? {
      startedAt: startedAt.toISOString(),
      readyAfterMs: Date.now() - startedAt.getTime(),
    };
    const record = describeDeployment({ provider, access, helm, images: this.#images, services, installation });
    await writeRecord(record);
    return record;
  }

  async test(progress: Progress): Promise<void> {
    const testing = this.#helm.test(deployment.release, { timeoutMs: HELM_TEST_TIMEOUT_MS });
    const report = await (this.#signal ? unlessAborted(testing, this.#signal) : testing);
    progress.note(`${report.match(/^Phase: +Succeeded$/gm)?.length ?? 0} passed`);
  }
}

function componentOf(key: ComponentKey): Component {
  const component = components.find((one) => one.key === key);
  if (!component) throw new Error(`The chart has no component ${key}.`);
  return component;
}

async function installedComponents(cluster: Cluster): Promise<Set<ComponentKey>> {
  const found = await Promise.all(components.map(async ({ key, kind, name }) => ((await cluster.find(kind, name)) ? [key] : [])));
  return new Set(found.flat());
}
