import { covers, expect, test } from '../fixtures/test.ts';

test('two users never see each other’s tasks', covers('FR-062'), async ({ newUser, openChat, database }) => {
  const [alice, bob] = [await newUser(), await newUser()];
  const [aliceChat, bobChat] = [await openChat(alice), await openChat(bob)];

  await aliceChat.send('Add task to feed the cat');
  await bobChat.send('Add task to walk the dog');
  await expect(await aliceChat.send('Show me all my tasks')).not.toContainText(/walk the dog/i);
  await expect(await bobChat.send('Show me all my tasks')).not.toContainText(/feed the cat/i);
  await bobChat.send('Delete the task feed the cat');
  // By its number, which Bob may guess.
  const [task] = await database.tasks(alice.id);
  const id = String(task?.id);
  await expect(await bobChat.send(`Delete the task ${id}`)).toContainText('delete_task');
  await expect(await bobChat.send(`Complete the task ${id}`)).toContainText('complete_task');
  await expect(await bobChat.send(`Rename the task ${id} to feed the dog`)).toContainText('update_task');

  await bobChat.goto();
  await expect(bobChat.tasks).toHaveText([/walk the dog/i]);
  expect(await database.tasks(alice.id)).toEqual([task]);
  expect(task).toMatchObject({ title: expect.stringMatching(/feed the cat/i), completed: false });
});
