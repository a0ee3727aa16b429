/** The programs that check the chart, and the schemas they check it against; built once and kept in the cache folder. */
import path from 'node:path';
import { z } from 'zod';
import { cached, contentHash } from '../../fixtures/cache.ts';
import { toolPath } from '../../fixtures/cluster/tools.ts';
import { go } from '../../fixtures/go.ts';
import { projectRoot, settings } from '../../fixtures/settings.ts';
import { terminalProgress } from '../progress.ts';
import { writeKubernetesSchemas } from './schemas.ts';

const toolsModule = path.join(projectRoot, 'scripts', 'chart', 'tools');

/** Where helm-unittest and kubeconform are; built at the first call after a change of their module. */
export async function chartTools(): Promise<{ helmUnittest: string; kubeconform: string }> {
  const pins = ['go.mod', 'go.sum'].map((file) => path.join(toolsModule, file));
  // The flags with which the cluster's programs are compiled, so that the packages that they share are compiled once.
  const folder = await cached('chart-tools', await contentHash(pins), async (target) => {
    await go(toolsModule, ['build', '-gcflags=all=-dwarf=false', '-ldflags=-s -w', '-o', `${target}/`, 'tool']);
  });
  return { helmUnittest: path.join(folder, 'helm-unittest'), kubeconform: path.join(folder, 'kubeconform') };
}

/** Where Helm is: what the setting HELM names, or else the one the harness builds for itself. */
export async function helmPath(): Promise<string> {
  if (settings.HELM !== undefined) return settings.HELM;
  return toolPath('helm', terminalProgress(process.stderr)).catch((error: unknown) => {
    throw new Error(`Helm could not be had; HELM=/path/to/helm names one that is there.\n${String(error)}`, { cause: error });
  });
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
      .parse(JSON.parse(await go(path.parse(projectRoot).root, ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`])));
    await writeKubernetesSchemas(module.Dir, wantedKinds, folder);
  });
}
