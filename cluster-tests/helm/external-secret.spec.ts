import { base64, covers, expect, sha256, test } from '../../fixtures/test.ts';

test(
  'the application runs on a Secret that something else manages, on what that becomes, and on another address of its API',
  covers('FR-046', 'FR-043', 'FR-042', 'US6.5'),
  async ({ cluster, release, secrets, api, user }) => {
    test.setTimeout(6 * 60_000);
    const { data = {} } = await cluster.get('Secret', 'todo-app-secrets');
    await using secret = await cluster.temporary('Secret', { metadata: { name: 'from-the-vault' }, data });
    const nextPublicApiUrl = 'http://todo-app.local/api';
    await release.upgrade({ secrets: { existingSecret: secret.name }, config: { nextPublicApiUrl } });
    for (const name of ['frontend', 'backend', 'mcp-server', 'redis']) await cluster.rollout(name);
    expect(await cluster.find('Secret', 'todo-app-secrets')).toBeUndefined();
    // The ingress controller hears of the new pods through a watch of its own.
    await expect.poll(async () => (await api.page(user, '/chat')).text).toContain(nextPublicApiUrl);
    expect(await api.chat(user, 'Add task to buy groceries')).toHaveStatus(200);

    await cluster.patch('Secret', secret.name, { data: { OPENAI_API_KEY: base64('sk-another-one') } });
    await cluster.restart('backend');
    await cluster.rollout('backend');
    expect(await secrets.digestIn('backend', 'OPENAI_API_KEY')).toBe(sha256('sk-another-one'));
    await release.restore();
  },
);
