import { covers, expect, test } from '../fixtures/test.ts';

const requests = '**/api/*/chat';

test(
  'a task that is asked for is in PostgreSQL',
  covers('US7.3', 'US7.5', 'FR-060', 'FR-061'),
  async ({ chat, database, user }) => {
    const reply = await chat.send('Add task to buy groceries');
    await expect(reply).toContainText('add_task');
    await expect(reply).toContainText(/buy groceries/i);
    expect(await database.tasks(user.id)).toEqual([
      expect.objectContaining({ title: expect.stringMatching(/^buy groceries$/i), completed: false }),
    ]);
    await expect(chat.task('buy groceries')).toBeVisible();
  },
);

test('a task has the description that is asked for', covers('FR-061', 'FR-063'), async ({ chat, database, user }) => {
  await chat.send('Add task to call mom with the description about her birthday');
  expect(await database.tasks(user.id)).toMatchObject([{ title: 'Call mom', description: 'about her birthday' }]);
});

test('all tasks are listed when asked for', covers('US7.4', 'FR-062', '@mcp'), async ({ chat, api, database, user }) => {
  const chapters = Array.from({ length: 60 }, (_, index) => `read chapter ${index + 1}`);
  await database.addTasks(user.id, chapters);
  expect(await api.chat(user, 'Add task to buy groceries')).toHaveStatus(200);
  const titles = [...chapters, 'buy groceries'];
  const reply = await chat.send('Show me all my tasks');
  await expect(reply).toContainText('list_tasks');
  const text = await reply.innerText();
  expect(titles.filter((title) => !new RegExp(`${title}\\b`, 'i').test(text))).toEqual([]);
});

test(
  'a task is completed, described, renamed and deleted by asking',
  covers('FR-063', '@mcp'),
  async ({ chat, database, user }) => {
    await test.step('add two tasks', async () => {
      await chat.send('Add task to buy groceries');
      await chat.send('Add task to call mom');
      await expect(chat.tasks).toHaveCount(2);
    });
    await test.step('complete one', async () => {
      await expect(await chat.send('Complete the task buy groceries')).toContainText('complete_task');
      await expect(chat.task('buy groceries')).toContainText('Completed');
      expect(await database.tasks(user.id)).toContainEqual(
        expect.objectContaining({ title: expect.stringMatching(/^buy groceries$/i), completed: true }),
      );
    });
    await test.step('list some of them', async () => {
      const completed = await chat.send('List my completed tasks');
      await expect(completed).toContainText(/buy groceries/i);
      await expect(completed).not.toContainText(/call mom/i);
      const pending = await chat.send('List my pending tasks');
      await expect(pending).toContainText(/call mom/i);
      await expect(pending).not.toContainText(/buy groceries/i);
    });
    await test.step('describe the other', async () => {
      await expect(await chat.send('Change the description of call mom to at noon')).toContainText('update_task');
    });
    await test.step('rename it', async () => {
      await expect(await chat.send('Rename the task call mom to call dad')).toContainText('update_task');
      await expect(chat.task('call dad')).toBeVisible();
    });
    await test.step('rename the one that is completed', async () => {
      await expect(await chat.send('Rename the task buy groceries to buy fruit')).toContainText('update_task');
      await expect(chat.task('buy fruit')).toContainText('Completed');
    });
    await test.step('delete it', async () => {
      await expect(await chat.send('Delete the task buy fruit')).toContainText('delete_task');
      await expect(chat.tasks).toHaveCount(1);
    });
    expect(await database.tasks(user.id)).toEqual([
      expect.objectContaining({ title: expect.stringMatching(/^call dad$/i), description: 'at noon', completed: false }),
    ]);
  },
);

test('a conversation goes on, and a reload keeps it', covers('FR-060', 'US7.4'), async ({ chat, page }) => {
  await chat.send('Add task to water the plants');
  await expect(await chat.send('Complete it')).toContainText('complete_task');
  await page.reload();
  await expect(chat.sent).toHaveText([/water the plants/, /Complete it/]);
  await expect(chat.replies).toHaveText([/water the plants/i, /water the plants/i]);
  await expect(chat.task('water the plants')).toContainText('Completed');
});

test('a list of tasks that comes late does not hide a newer one', covers('FR-062'), async ({ chat, page, api, user }) => {
  let isFulfilled = false;
  await page.route(
    '**/api/*/tasks',
    async (route) => {
      const { text } = await api.get(user, '/tasks');
      // Not before newer ones are shown.
      await expect(chat.tasks).toHaveCount(2);
      await route.fulfill({ contentType: 'application/json', body: text });
      await (await route.request().response())?.finished();
      isFulfilled = true;
    },
    { times: 1 },
  );
  await chat.send('Add task to water the plants');
  await chat.send('Add task to call mom');
  await expect.poll(() => isFulfilled).toBe(true);
  await expect(chat.tasks).toHaveCount(2);
});

test('a message that did not arrive is shown as failed, and can be sent again', covers('FR-060'), async ({ chat, page }) => {
  await page.route(requests, (route) => route.abort('connectionrefused'), { times: 1 });
  await chat.submit('Add task to water the plants');
  await expect(chat.alert).toContainText('No answer');
  await chat.tryAgain();
  await expect(chat.replies).toHaveText([/water the plants/i]);
  await expect(chat.alert).toBeHidden();
});

test(
  'a message whose answer was lost is not done twice when it is sent again',
  covers('FR-060', 'FR-061'),
  async ({ chat, page, api, user, database }) => {
    const message = 'Add task to water the plants';
    await page.route(
      requests,
      async (route) => {
        expect(await api.chat(user, message)).toHaveStatus(200);
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
    await chat.submit(message);
    await expect(chat.alert).toContainText('No answer');
    await chat.tryAgain();
    await expect(chat.replies).toHaveText([/water the plants/i]);
    expect(await database.tasks(user.id)).toHaveLength(1);
    await expect(chat.tasks).toHaveCount(1);
  },
);
