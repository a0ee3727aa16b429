import { base64, containerWaits, covers, expect, felt, sha256, test, type ContinuousUser } from '../../fixtures/test.ts';

const workloads = ['frontend', 'backend', 'mcp-server'];
/** What others ask for, 20 times a second: little enough to bring no replica. */
const HEALTH = '/api/health';

test('a rolling update costs users nothing', covers('US8.5'), async ({ experiment, faults, release, cluster, others }) => {
  test.setTimeout(5 * 60_000);
  const extraEnv = [{ name: 'ROLLED', value: 'over' }];
  const changes = { frontend: { extraEnv }, backend: { extraEnv }, mcpServer: { extraEnv } };
  const before = await cluster.podVersions();
  const visitors = await others(HEALTH, 20);
  await experiment({
    fault: faults.upgrade(release, 'roll out new pods of frontend, backend and MCP server', changes, workloads),
    healsWithin: 2 * 60_000,
    availability: 100,
    claims: {
      'nor does a request of others, 20 a second, fail': () => noneFailed(visitors),
      'all pods but Redis’ are of a new version': async () => {
        const after = await cluster.podVersions();
        expect(after).toHaveLength(workloads.length + 1);
        expect(after.filter((version) => before.includes(version))).toEqual([expect.stringMatching(/^redis-/)]);
      },
      'no pod goes before the next one is Ready': ({ records: { endpoints } }) => {
        for (const [name, size] of Object.entries({ 'frontend-service': 2, 'backend-service': 2, 'mcp-service': 1 })) {
          const sizes = endpoints.filter(({ service }) => service === name).map(({ ready }) => ready.length);
          expect(Math.min(...sizes), name).toBeGreaterThanOrEqual(size);
        }
      },
    },
  });
});

test(
  'a version that crashes reaches no user, and a fix ends its crash loop',
  covers('US8.5'),
  async ({ experiment, faults, release, cluster }) => {
    test.setTimeout(5 * 60_000);
    // The migrations have the backend's settings, and would find it before anything else changes.
    const broken = {
      backend: { extraEnv: [{ name: 'NODE_OPTIONS', value: '--no-such-option' }] },
      migrations: { enabled: false },
    };
    await experiment({
      fault: faults.brokenUpgrade(release, 'upgrade to a backend that cannot start', broken, 'backend'),
      meanwhile: () => cluster.waitFor(containerWaits('backend', 'CrashLoopBackOff'), { timeoutMs: 60_000 }),
      healsWithin: 90_000,
      availability: 100,
    });
  },
);

test(
  'new credentials of the database are taken up, and no request fails',
  covers('US6.5'),
  // The login before the release: it goes when no pod needs it any more.
  async ({ secondLogin: login, experiment, faults, cluster, database, secrets, release, others }) => {
    test.setTimeout(8 * 60_000);
    const url = secrets.databaseUrlFor(login);
    const changes = { secrets: { databaseUrl: base64(url) } };
    const visitors = await others(HEALTH, 20);
    await experiment({
      fault: faults.upgrade(release, 'give the database another login', changes, workloads),
      healsWithin: 2 * 60_000,
      availability: 100,
      claims: {
        'nor does a request of others, 20 a second, fail': () => noneFailed(visitors),
        'every service has the new credentials': async () => {
          for (const name of workloads) expect(await secrets.digestIn(name, 'DATABASE_URL')).toBe(sha256(url));
        },
        'the database is used with them': () => expect.poll(() => database.connectionsOf(login.name)).toBeGreaterThan(0),
      },
    });
    await release.restore();
    // Who has it serves for some seconds after they have left, and may connect anew meanwhile: the login is needed until they are gone.
    await cluster.endingPodsGone();
    await expect.poll(() => database.connectionsOf(login.name)).toBe(0);
  },
);

async function noneFailed(visitors: ContinuousUser): Promise<string> {
  const report = await visitors.leave();
  expect(report.availability, felt(report)).toBe(100);
  return felt(report);
}
