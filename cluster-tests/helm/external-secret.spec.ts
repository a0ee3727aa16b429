import { covers, expect, test } from '../../fixtures/test.ts';

test(
  'the application runs on a Secret that something else manages',
  covers('FR-046', 'FR-043'),
  async ({ cluster, release, api, user }) => {
    test.setTimeout(5 * 60_000);
    const { data = {} } = await cluster.get('Secret', 'todo-app-secrets');
    await using secret = await cluster.temporary('Secret', { metadata: { name: 'from-the-vault' }, data });
    await release.upgrade({ secrets: { existingSecret: secret.name } });
    for (const name of ['frontend', 'backend', 'mcp-server', 'redis']) await cluster.rollout(name);
    expect(await cluster.find('Secret', 'todo-app-secrets')).toBeUndefined();
    expect(await api.chat(user, 'Add task to buy groceries')).toHaveStatus(200);
    await release.restore();
  },
);
