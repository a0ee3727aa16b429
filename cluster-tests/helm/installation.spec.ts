import { covers, expect, seconds, test } from '../../fixtures/test.ts';

const workloads = ['frontend', 'backend', 'mcp-server', 'redis'];
const LIMIT = 5 * 60_000;

test(
  'an installation over what somebody else has made is refused, and one from nothing is Ready within five minutes',
  covers('EDGE-8', 'US1.1', 'US1.2', 'FR-010', 'SC-001'),
  async ({ cluster, release }) => {
    test.setTimeout(3 * LIMIT);
    const pods = (await Promise.all(workloads.map((name) => cluster.pods(name)))).flat();
    await release.uninstall();
    await cluster.podsGone(pods);
    await cluster.gone('PersistentVolumeClaim', 'redis-data-pvc');
    expect(await release.objects(), 'nothing is there to be taken over').toEqual([]);

    await cluster.create('ConfigMap', { metadata: { name: 'todo-app-config' } });
    expect(await release.refusalToInstall()).toMatch(/ConfigMap "todo-app-config".*exists and cannot be imported/);
    expect(await release.objects(), 'nothing of it was installed').toEqual([]);
    await cluster.delete('ConfigMap', 'todo-app-config');

    const migratedBefore = await release.migrations();
    const begunAt = performance.now();
    await release.install();
    const tookMs = performance.now() - begunAt;
    test.info().annotations.push({ type: 'the installation took', description: seconds(tookMs) });
    expect(tookMs).toBeLessThan(LIMIT);
    expect(await release.migrations(migratedBefore), 'the migrations ran').toHaveLength(1);
    expect((await release.objects()).length).toBeGreaterThan(10);
    for (const name of workloads) expect(await cluster.readyPods(name)).toRunWithoutRestarts();
  },
);
