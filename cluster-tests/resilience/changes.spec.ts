import { containerWaits, covers, test } from '../../fixtures/test.ts';

test('a rolling update costs users nothing', covers('US8.5'), async ({ experiment, faults, release }) => {
  test.setTimeout(5 * 60_000);
  const extraEnv = [{ name: 'ROLLED', value: 'over' }];
  const fault = faults.upgrade(
    release,
    'roll out new pods of frontend, backend and MCP server',
    { frontend: { extraEnv }, backend: { extraEnv }, mcpServer: { extraEnv } },
    ['frontend', 'backend', 'mcp-server'],
  );
  await experiment({ fault, healsWithin: 2 * 60_000, availability: 100 });
});

test(
  'a version that crashes reaches no user, and a fix ends its crash loop',
  covers('US8.5'),
  async ({ experiment, faults, release, cluster }) => {
    test.setTimeout(5 * 60_000);
    const broken = { backend: { extraEnv: [{ name: 'NODE_OPTIONS', value: '--no-such-option' }] } };
    await experiment({
      fault: faults.brokenUpgrade(release, 'upgrade to a backend that cannot start', broken, 'backend'),
      meanwhile: () => cluster.waitFor(containerWaits('backend', 'CrashLoopBackOff'), { timeoutMs: 60_000 }),
      healsWithin: 90_000,
      availability: 100,
    });
  },
);
