import { covers, expect, test } from '../../fixtures/test.ts';

test('the ingress waits for a chat request that takes 20 s', covers('US2.5', 'FR-014'), async ({ outside, api, user }) => {
  test.skip(!outside.ownsModel, 'The model is not the harness’s to slow down.');
  await using slow = await outside.slowModel(20_000);
  expect(slow).toBeDefined();
  const startedAt = performance.now();
  expect(await api.chat(user, 'Hello')).toHaveStatus(200);
  expect(performance.now() - startedAt).toBeGreaterThan(20_000);
});
