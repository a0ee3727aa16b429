/** The programs that check the chart, and the schemas they check it against; built once and kept in the cache folder. */
import path from 'node:path';
import { execa } from 'execa';
import { z } from 'zod';
import { cached, contentHash } from '../../fixtures/cache.ts';
import { projectRoot } from '../../fixtures/settings.ts';
import { writeKubernetesSchemas } from './schemas.ts';

const toolsModule = path.join(projectRoot, 'scripts', 'chart', 'tools');
const componentsModule = path.join(projectRoot, 'fixtures', 'cluster', 'providers', 'embedded', 'components');

/** Runs the Go command; a failure's message is what Go said. */
async function go(args: readonly string[], folder?: string): Promise<string> {
  const result = await execa('go', args, {
    ...(folder === undefined ? {} : { cwd: folder }),
    reject: false,
    env: { GOFLAGS: '-buildvcs=false', CGO_ENABLED: '0', GOGC: '400' },
  });
  if (result.failed) throw new Error(`go ${args.join(' ')} failed: ${result.stderr || result.shortMessage || 'no message'}`);
  return result.stdout;
}

/** Where helm-unittest and kubeconform are; built at the first call after a change of their module. */
export async function chartTools(): Promise<{ helmUnittest: string; kubeconform: string }> {
  const pins = ['go.mod', 'go.sum'].map((file) => path.join(toolsModule, file));
  // The flags with which the cluster's programs are compiled, so that the packages that they share are compiled once.
  const folder = await cached('chart-tools', await contentHash(pins), async (target) => {
    await go(['build', '-gcflags=all=-dwarf=false', '-ldflags=-s -w', '-o', `${target}/`, 'tool'], toolsModule);
  });
  return { helmUnittest: path.join(folder, 'helm-unittest'), kubeconform: path.join(folder, 'kubeconform') };
}

/** Where Helm is: what the setting HELM names, or else the one the harness builds for itself. */
export async function helmPath(): Promise<string> {
  const given = process.env['HELM'];
  if (given) return given;
  const result = await execa('npx', ['tsx', 'scripts/tool.ts', 'helm'], { cwd: projectRoot, reject: false });
  if (result.failed) throw new Error(`Helm could not be had; HELM=/path/to/helm names one that is there.\n${result.stderr}`);
  return result.stdout.trim();
}

/** The version of Kubernetes that the embedded cluster runs, such as `1.37.2`: read from its module, its one home. */
export async function clusterVersion(): Promise<string> {
  const module = z
    .object({ Require: z.array(z.object({ Path: z.string(), Version: z.string() })) })
    .parse(JSON.parse(await go(['mod', 'edit', '-json'], componentsModule)));
  const version = module.Require.find((each) => each.Path === 'k8s.io/kubernetes')?.Version;
  if (version === undefined) throw new Error(`${componentsModule}/go.mod requires no k8s.io/kubernetes`);
  return version.replace(/^v/, '');
}

/**
 * A folder with the JSON schemas of the wanted kinds, as that release of Kubernetes has them. The first call for a release downloads
 * its Go module (about 22 MB).
 * @param version such as `1.28.15`
 */
export async function schemaFolder(version: string, wantedKinds: readonly string[]): Promise<string> {
  const hash = await contentHash([path.join(import.meta.dirname, 'schemas.ts')], [version, ...wantedKinds]);
  return cached('kubernetes-schemas', hash, async (folder) => {
    const module = z
      .object({ Dir: z.string() })
      .parse(JSON.parse(await go(['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`], path.parse(projectRoot).root)));
    await writeKubernetesSchemas(module.Dir, wantedKinds, folder);
  });
}
