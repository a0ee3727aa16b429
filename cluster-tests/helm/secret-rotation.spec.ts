import { covers, expect, test } from '../../fixtures/test.ts';

test(
  'new credentials of the database are taken up, and no request fails',
  covers('US6.5'),
  async ({ cluster, database, secrets, release, insideBackend, continuousUser }) => {
    test.setTimeout(8 * 60_000);
    await using login = await database.secondLogin();
    const user = await continuousUser();
    await release.upgrade({ secrets: { databaseUrl: secrets.databaseUrlFor(login) } });
    for (const name of ['frontend', 'backend', 'mcp-server']) await cluster.rollout(name);
    expect(await insideBackend.environmentDigest('DATABASE_URL')).not.toBe(secrets.digest('DATABASE_URL'));
    await expect.poll(() => database.connectionsOf(login.name)).toBeGreaterThan(0);
    await release.restore();
    // Pods of the version before finish what they do, and their connections end with them.
    await expect.poll(() => database.connectionsOf(login.name), { timeout: 60_000 }).toBe(0);
    expect((await user.leave()).failures).toEqual({});
  },
);
