import { expect, test } from '../fixtures/test.ts';

test('the start page is accessible', async ({ page, pages }) => {
  await pages.start.goto();
  await expect(pages.start.heading).toBeVisible();
  await expect(page).toBeAccessible();
});

for (const name of ['register', 'login'] as const) {
  test(`the ${name} page is accessible`, async ({ page, pages }) => {
    await pages[name].goto();
    await expect(pages[name].heading).toBeVisible();
    // The contrast of a button that is still disabled is nobody's concern.
    await expect(pages[name].submitButton).toBeEnabled();
    await expect(page).toBeAccessible();
  });
}

test('the chat is accessible, with messages and tasks in it', async ({ page, chat }) => {
  await chat.send('Add task to buy groceries');
  await expect(chat.task('buy groceries')).toBeVisible();
  await expect(page).toBeAccessible();
});
