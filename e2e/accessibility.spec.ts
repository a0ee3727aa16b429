import { expect, test } from '../fixtures/test.ts';

for (const name of ['start', 'register', 'login'] as const) {
  test(`the ${name} page is accessible`, async ({ page, pages }) => {
    await pages[name].goto();
    await expect(pages[name].heading).toBeVisible();
    await expect(page).toBeAccessible();
  });
}

test('the chat is accessible, with messages and tasks in it', async ({ page, chat }) => {
  await chat.send('Add task to buy groceries');
  await expect(chat.task('buy groceries')).toBeVisible();
  await expect(page).toBeAccessible();
});
