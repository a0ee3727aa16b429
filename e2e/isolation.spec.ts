import { covers, expect, test } from '../fixtures/test.ts';

test('two users never see each other’s tasks', covers('FR-062'), async ({ newUser, openChat, database }) => {
  const [alice, bob] = [await newUser(), await newUser()];
  const [aliceChat, bobChat] = [await openChat(alice), await openChat(bob)];

  await aliceChat.send('Add task to feed the cat');
  await bobChat.send('Add task to walk the dog');
  const aliceTasks = await aliceChat.send('Show me all my tasks');
  await expect(aliceTasks).toContainText(/feed the cat/i);
  await expect(aliceTasks).not.toContainText(/walk the dog/i);
  const bobTasks = await bobChat.send('Show me all my tasks');
  await expect(bobTasks).toContainText(/walk the dog/i);
  await expect(bobTasks).not.toContainText(/feed the cat/i);
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

test(
  'nobody reads or goes on with somebody else’s conversation',
  covers('US2.5', 'FR-060', 'FR-062'),
  async ({ newUser, api, app }) => {
    const [alice, bob] = [await newUser(), await newUser()];
    const conversation = await api.beginConversation(alice, 'Add task to feed the cat');
    const messages = `/conversations/${conversation}/messages`;
    expect((await api.get(alice, messages)).text).toMatch(/feed the cat/i);

    expect(await api.get(bob, messages)).toHaveStatus(404);
    expect(await api.chat(bob, 'Complete it', conversation)).toHaveStatus(404);
    expect((await api.get(bob, '/conversations')).json()).toEqual({ conversations: [] });
    for (const path of ['/tasks', '/conversations', messages]) {
      expect(await api.get(bob, path, { of: alice })).toHaveStatus(403);
      expect(await app.get(`/api/${alice.id}${path}`)).toHaveStatus(401);
    }
  },
);
