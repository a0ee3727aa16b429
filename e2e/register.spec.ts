import { covers, expect, test } from '../fixtures/test.ts';

test('a visitor finds the way to sign up and to log in', covers('FR-056'), async ({ pages }) => {
  await pages.start.goto();
  await expect(pages.start.heading).toBeVisible();
  await pages.start.logInLink.click();
  await expect(pages.login.heading).toBeVisible();
  await pages.start.goto();
  await pages.start.createAccountLink.click();
  await expect(pages.register.heading).toBeVisible();
});

test(
  'a visitor creates an account and is in the chat',
  covers('US7.1', 'FR-057', 'FR-059'),
  async ({ page, pages, visitor, database }) => {
    await pages.register.goto();
    await pages.register.register(visitor);
    await expect(page).toHaveURL('/chat');
    await expect(pages.chat.welcome).toBeVisible();
    expect(await database.account(visitor.email)).toMatchObject({ name: visitor.name });
    // Wherever the application keeps it, a password is to be no text that the database could tell.
    expect(await database.tablesWith(visitor.email)).toContain('user');
    expect(await database.tablesWith(visitor.password)).toEqual([]);
  },
);

test('an email address that has an account is refused', covers('FR-057'), async ({ page, pages, user }) => {
  await pages.register.goto();
  await pages.register.register({ ...user, password: 'another password' });
  await expect(pages.register.alert).toContainText(/already|exists/i);
  await expect(page).toHaveURL('/auth/register');
});
