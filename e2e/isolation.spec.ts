import { covers, expect, test } from '../fixtures/test.ts';

test('two users never see each other’s tasks', covers('FR-062'), async ({ newUser, openChat, database }) => {
  const [alice, bob] = [await newUser(), await newUser()];
  const [aliceChat, bobChat] = [await openChat(alice), await openChat(bob)];

  await aliceChat.send('Add task to feed the cat');
  await bobChat.send('Add task to walk the dog');
  await expect(await aliceChat.send('Show me all my tasks')).not.toContainText(/walk the dog/i);
  await expect(await bobChat.send('Show me all my tasks')).not.toContainText(/feed the cat/i);
  await bobChat.send('Delete the task feed the cat');

  await bobChat.goto();
  await expect(bobChat.tasks).toHaveText([/walk the dog/i]);
  expect(await database.tasks(alice.id)).toEqual([expect.objectContaining({ title: expect.stringMatching(/feed the cat/i) })]);
});
