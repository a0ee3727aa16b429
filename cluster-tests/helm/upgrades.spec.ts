import { base64, covers, expect, sha256, test } from '../../fixtures/test.ts';

/** What nobody could use: no URLs, and a line break at the end. */
const ofNoUse = Object.fromEntries(
  ['BETTER_AUTH_SECRET', 'BETTER_AUTH_URL', 'DATABASE_URL', 'OPENAI_API_KEY', 'REDIS_PASSWORD'].map((key) => [
    key,
    base64('too short\n'),
  ]),
);

test('an upgrade with values that are wrong is refused, and changes nothing', covers('EDGE-2'), async ({ release, cluster }) => {
  const before = { revision: await release.revision(), versions: await cluster.podVersions() };
  expect(await release.refusal({ frontend: { replicas: 'many' } })).toContain('replicas');
  expect(await release.refusal({ frontend: { hpa: { minReplicas: 5, maxReplicas: 3 } } })).toContain('minReplicas');
  expect(await release.refusal({ secrets: { databaseUrl: 'not base64!' } })).toContain('secrets.databaseUrl');
  expect(await release.refusal({ secrets: { databaseUrl: base64('http://database') } })).toContain('secrets.databaseUrl');
  expect(await release.refusal({ secrets: { redisPassword: '' } })).toContain('secrets.redisPassword');
  expect(await release.revision()).toBe(before.revision);
  expect(await cluster.podVersions()).toEqual(before.versions);
});

test(
  'an upgrade whose checks fail leaves the old version at work',
  covers('EDGE-2'),
  async ({ release, cluster, continuousUser }) => {
    const before = await cluster.podVersions();
    const user = await continuousUser();
    // The hook that comes before everything else: here it finds that the Secret to be used is not there, or of no use.
    const absent = await release.refusal({ secrets: { existingSecret: 'is-not-there' } });
    expect(absent).toMatch(/has no key DATABASE_URL[^]*pre-upgrade/);
    await using secret = await cluster.temporary('Secret', { metadata: { name: 'of-no-use' }, data: ofNoUse });
    const said = await release.refusal({ secrets: { existingSecret: secret.name } });
    for (const key of Object.keys(ofNoUse)) expect(said).toMatch(new RegExp(`${key} is not[^]*pre-upgrade`));
    expect(said, 'no value is told').not.toContain('too short');
    expect(await cluster.podVersions()).toEqual(before);
    expect((await user.leave()).failures).toEqual({});
  },
);

test(
  'an upgrade whose migrations fail leaves the old version at work',
  covers('EDGE-2', 'US1.5', 'FR-009'),
  async ({ release, cluster }) => {
    const before = await cluster.podVersions();
    const args = ['node', '--eval', 'console.error("no table of that name"); process.exit(1)'];
    const said = await release.refusal({ migrations: { args, backoffLimit: 0 } });
    expect(said).toMatch(/pre-upgrade/);
    expect(said).toContain('no table of that name');
    expect(await cluster.podVersions()).toEqual(before);
  },
);

test(
  'an upgrade to an image that is not there is rolled back, and users notice nothing',
  covers('EDGE-2'),
  async ({ release, cluster, continuousUser }) => {
    test.setTimeout(4 * 60_000);
    const revision = await release.revision();
    const user = await continuousUser();
    await release.upgrade({ frontend: { image: { tag: 'is-not-there' } } });
    await expect(cluster.rollout('frontend')).rejects.toThrow(/ErrImagePull|ImagePullBackOff/);
    await release.rollback(revision ?? 0);
    await cluster.rollout('frontend');
    expect((await user.leave()).failures).toEqual({});
  },
);

for (const [value, key, users] of [
  ['openaiApiKey', 'OPENAI_API_KEY', ['backend']],
  ['redisPassword', 'REDIS_PASSWORD', ['backend', 'redis']],
] as const) {
  test(
    `a new ${key} reaches the pods that use it, and no others`,
    covers('US6.5'),
    async ({ release, cluster, secrets, insideBackend }) => {
      test.setTimeout(4 * 60_000);
      const before = await cluster.podVersions();
      await release.upgrade({ secrets: { [value]: base64('sk-another-one') } });
      for (const name of users) await cluster.rollout(name);
      const changed = (await cluster.podVersions()).filter((version) => !before.includes(version));
      expect(changed.sort()).toEqual(users.map((name) => expect.stringMatching(new RegExp(`^${name}-`))));
      expect(await secrets.digestIn('backend', key)).toBe(sha256('sk-another-one'));
      // Which takes the password that this pod has. A node hears of the new address through a watch of its own.
      await expect.poll(() => insideBackend.redisPing('redis-service', 6379).catch(String)).toBe('PONG');
    },
  );
}

test('installing the chart twice into one namespace is refused', covers('EDGE-8'), async ({ release, cluster }) => {
  const before = await cluster.podVersions();
  expect(await release.refusalOfSecond('second')).toMatch(/already exists|exists and cannot be imported/);
  expect(await cluster.podVersions()).toEqual(before);
});
