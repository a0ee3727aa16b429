/** The cluster alone: `npm run cluster -- up|down|status|kubeconfig|load ARCHIVE`. */
import { Command, InvalidArgumentError } from 'commander';
import { selectProvider } from '../fixtures/cluster/providers/index.ts';
import { messageOf } from '../fixtures/errors.ts';
import { withLock } from '../fixtures/lock.ts';
import { clusterLock, settingsSchema } from '../fixtures/settings.ts';
import { terminalProgress } from './progress.ts';

const progress = terminalProgress(process.stderr);
const interrupted = new AbortController();

const program = new Command('npm run cluster --')
  .description('Brings up the Kubernetes cluster that the tests run on, and takes it down again.')
  .showHelpAfterError();

program
  .command('up')
  .description('make the cluster, or find the one that runs already')
  .option('--no-template', 'set Kubernetes up in full instead of copying a template')
  .option(
    '--nodes <count>',
    'number of nodes, 1 to 4 (default: EMBEDDED_NODES, or those of the cluster that runs, or 2)',
    parseNodes,
  )
  .action(async ({ template, nodes }: { template: boolean; nodes?: number }) => {
    for (const [signal, status] of Object.entries({ SIGINT: 130, SIGTERM: 143 })) {
      // Not `once`: execa ends the process itself at a signal that nobody else listens for any more.
      process.on(signal, () => {
        console.error('Interrupted: removing what was begun');
        interrupted.abort(new Error('Interrupted.'));
        process.exitCode = status;
      });
    }
    const provider = await selectProvider({ template, ...(nodes === undefined ? {} : { nodes }) });
    refuseOptions(provider.name, { '--no-template': !template, '--nodes': nodes !== undefined });
    const access = await withLock(clusterLock, 'refuse', () => provider.up(progress, { signal: interrupted.signal }));
    console.log(`The ${provider.name} cluster is up. Ingress: http://${access.ingressAddress}`);
    console.log(`export KUBECONFIG=${access.kubeconfig}`);
    if (provider.borrowed) console.log(`kubectl config use-context ${access.context}`);
  });

program
  .command('down')
  .description('remove the cluster and everything that runs for it on this machine; also after a crash')
  .action(async () => {
    const provider = await selectProvider();
    const { takeDown } = await import('../fixtures/setup/cleanup.ts');
    await withLock(clusterLock, 'refuse', () => takeDown(provider, progress));
  });

program
  .command('status')
  .description('say what is up and whether it is healthy')
  .action(async () => {
    const provider = await selectProvider();
    const components = await provider.status();
    const { describeServices } = await import('../fixtures/services/index.ts');
    if (components.length === 0) console.log(`No ${provider.name} cluster is up.`);
    for (const { name, healthy, detail } of components) console.log(`${healthy ? '✔' : '✖'} ${name.padEnd(22)} ${detail}`);
    // Without a cluster, only what is left.
    const services = describeServices().filter(({ state }) => components.length > 0 || state === 'running');
    for (const { name, state, detail } of services)
      console.log(`${state === 'stopped' ? '✖' : '✔'} ${name.padEnd(22)} ${detail}`);
    process.exitCode = components.length > 0 && components.every(({ healthy }) => healthy) ? 0 : 1;
  });

program
  .command('kubeconfig')
  .description('print the path of the kubeconfig file')
  .action(async () => {
    const provider = await selectProvider();
    console.log(provider.kubeconfig?.() ?? (await provider.access()).kubeconfig);
  });

program
  .command('load')
  .description('put an image onto every node')
  .argument('<archive...>', 'docker-archive files')
  .action(async (archives: string[]) => {
    const provider = await selectProvider();
    await withLock(clusterLock, 'refuse', () => provider.load(archives, progress));
  });

/** @throws when an option was given that means nothing to this provider */
function refuseOptions(provider: string, given: Readonly<Record<string, boolean>>): void {
  const [option] = provider === 'embedded' ? [] : Object.keys(given).filter((name) => given[name]);
  if (option !== undefined)
    throw new Error(
      `${option} is for the embedded cluster, and this is the provider "${provider}": leave it out, or set CLUSTER_PROVIDER=embedded.`,
    );
}

/** What EMBEDDED_NODES may be. */
function parseNodes(text: string): number {
  const parsed = settingsSchema.shape.EMBEDDED_NODES.safeParse(text);
  if (!parsed.success) throw new InvalidArgumentError(parsed.error.issues.map(({ message }) => message).join('; '));
  return parsed.data;
}

try {
  await program.parseAsync();
} catch (error) {
  // A command that the same Ctrl-C ended has failed too, and that is no news.
  if (!interrupted.signal.aborted) {
    console.error(`error: ${messageOf(error)}`);
    process.exitCode = 1;
  }
}
