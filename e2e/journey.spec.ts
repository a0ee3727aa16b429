import { covers, expect, test } from '../fixtures/test.ts';

test(
  'sign up, log in, chat, task: the whole journey',
  covers('SC-006', 'FR-056', 'FR-058', '@frontend'),
  async ({ page, pages, visitor, database }) => {
    await test.step('sign up', async () => {
      await pages.start.goto();
      await pages.start.createAccountLink.click();
      await pages.register.register(visitor);
      await expect(page).toHaveURL('/chat');
    });
    await test.step('log out and in again', async () => {
      await pages.chat.logOut();
      await expect(page).toHaveURL('/auth/login');
      await pages.login.logIn(visitor);
      await expect(page).toHaveURL('/chat');
    });
    await test.step('ask for a task', async () => {
      await expect(await pages.chat.send('Add task to buy groceries')).toContainText(/buy groceries/i);
    });
    const account = await database.account(visitor.email);
    expect(await database.tasks(account?.id ?? '')).toHaveLength(1);
  },
);
