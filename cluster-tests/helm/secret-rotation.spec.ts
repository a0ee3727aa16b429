import { covers, expect, test } from '../../fixtures/test.ts';

test(
  'new credentials of the database are taken up, and no request fails',
  covers('US6.5'),
  async ({ cluster, database, secrets, release, continuousUser }) => {
    test.setTimeout(8 * 60_000);
    await using login = await database.secondLogin();
    const user = await continuousUser();
    await release.upgrade({ secrets: { databaseUrl: secrets.databaseUrlFor(login) } });
    for (const name of ['frontend', 'backend', 'mcp-server']) await cluster.rollout(name);
    expect(await database.loginsInUse()).toEqual([login.name]);
    await release.restore();
    expect(await database.loginsInUse()).not.toContain(login.name);
    expect((await user.leave()).failures).toEqual({});
  },
);
