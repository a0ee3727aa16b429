/** Deploys the application step by step: `scripts/deploy.sh`. */
import { Command } from 'commander';
import { WaitError, type Cluster } from '../fixtures/cluster/index.ts';
import { selectProvider } from '../fixtures/cluster/providers/index.ts';
import { messageOf } from '../fixtures/errors.ts';
import { assertDeployable } from '../fixtures/setup/deployable.ts';
import { explainFailure } from '../fixtures/setup/failure.ts';
import { withClusterTurn } from './deploy/clusterTurn.ts';
import { rollOut } from './deploy/rollout.ts';
import { terminalProgress } from './progress.ts';

const interrupted = new AbortController();

async function run(): Promise<void> {
  let cluster: Cluster | undefined;
  try {
    const record = await withClusterTurn(async () => {
      await assertDeployable(await selectProvider());
      return rollOut({
        progress: terminalProgress(process.stdout),
        signal: interrupted.signal,
        onCluster: (found) => (cluster = found),
      });
    });
    console.log(
      `\nThe application is up: http://${record.host}/\n` +
        'A browser on this machine finds it there with this line in /etc/hosts:\n' +
        `  ${record.ingressAddress} ${record.host.split(':')[0] ?? ''}\n` +
        'To test it: scripts/test.sh',
    );
  } catch (error) {
    // What the same Ctrl-C ended has failed too, and that is no news.
    if (interrupted.signal.aborted) process.exit();
    // A wait has said already what the cluster has to say about it.
    const waited = error instanceof Error && error.cause instanceof WaitError;
    const shown = cluster && !waited ? (await explainFailure(cluster, error)).error : error;
    console.error(`\nerror: ${messageOf(shown)}`);
    console.error('\nOnce that is fixed, run scripts/deploy.sh again: what is in order already is left as it is.');
    process.exitCode = 1;
  }
}

const program = new Command('scripts/deploy.sh')
  .description(
    'Deploys the application to the cluster of CLUSTER_PROVIDER in 15 steps: Redis, MCP server, backend with its migrations, frontend and ' +
      'Ingress, each seen to work before the next one is installed, and then the chart’s own tests. Safe to repeat: what runs already is ' +
      'left as it is. Settings come from the environment or from .env; .env.example lists them.',
  )
  .showHelpAfterError()
  .action(run);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // Not `once`: execa ends the process itself at a signal that nobody else listens for any more.
  process.on(signal, () => {
    console.error('Interrupted. scripts/deploy.sh goes on from here when it is run again.');
    interrupted.abort(new Error('Interrupted.'));
    process.exitCode = signal === 'SIGINT' ? 130 : 143;
  });
}
await program.parseAsync();
