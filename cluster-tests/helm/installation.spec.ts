import { covers, expect, seconds, test } from '../../fixtures/test.ts';

const workloads = ['frontend', 'backend', 'mcp-server', 'redis'];
const LIMIT = 5 * 60_000;

test(
  'four services are Ready within five minutes of an installation from nothing',
  covers('US1.1', 'US1.2', 'FR-010', 'SC-001'),
  async ({ cluster, release }) => {
    test.setTimeout(3 * LIMIT);
    const pods = (await Promise.all(workloads.map((name) => cluster.pods(name)))).flat();
    await release.uninstall();
    await cluster.podsGone(pods);
    const begunAt = performance.now();
    await release.install();
    const tookMs = performance.now() - begunAt;
    test.info().annotations.push({ type: 'the installation took', description: seconds(tookMs) });
    expect(tookMs).toBeLessThan(LIMIT);
    for (const name of workloads) expect(await cluster.readyPods(name)).toRunWithoutRestarts();
  },
);
