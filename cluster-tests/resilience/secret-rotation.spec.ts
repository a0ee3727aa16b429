import { covers, expect, test } from '../../fixtures/test.ts';

const workloads = ['frontend', 'backend', 'mcp-server'];

test(
  'new credentials of the database are taken up, and no request fails',
  covers('US6.5'),
  async ({ experiment, faults, database, secrets, release }) => {
    test.setTimeout(8 * 60_000);
    await using login = await database.secondLogin();
    const changes = { secrets: { databaseUrl: secrets.databaseUrlFor(login) } };
    await experiment({
      fault: faults.upgrade(release, 'give the database another login', changes, workloads),
      healsWithin: 2 * 60_000,
      availability: 100,
      claims: {
        'every service has the new credentials': async () => {
          for (const name of workloads)
            expect(await secrets.digestIn(name, 'DATABASE_URL')).not.toBe(secrets.digest('DATABASE_URL'));
        },
        'the database is used with them': () => expect.poll(() => database.connectionsOf(login.name)).toBeGreaterThan(0),
      },
    });
    await release.restore();
    // Pods of the version before finish what they do, and their connections end with them.
    await expect.poll(() => database.connectionsOf(login.name), { timeout: 60_000 }).toBe(0);
  },
);
