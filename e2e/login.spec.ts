import { claimsOf, covers, expect, test } from '../fixtures/test.ts';

test('a user logs in, gets to the chat and has a JWT', covers('US7.2', 'FR-058', 'FR-059'), async ({ page, pages, user }) => {
  await pages.login.goto();
  await pages.login.logIn(user);
  await expect(page).toHaveURL('/chat');
  await expect(pages.chat.message).toBeEditable();
  const token = await page.evaluate(async () => (await fetch('/auth/api/token')).text());
  expect(token).toMatch(/^\{"token":"[\w-]+\.[\w-]+\.[\w-]+"\}$/);
});

test('a JWT names its user, and is good for an hour at most', covers('FR-058'), async ({ user }) => {
  const claims = claimsOf(await user.token());
  expect(claims).toMatchObject({ sub: user.id, exp: expect.any(Number) });
  const { exp } = claims as { exp: number };
  expect(exp - Date.now() / 1000).toBeLessThanOrEqual(3600);
});

test('a wrong password is refused', covers('FR-058'), async ({ page, pages, user }) => {
  await pages.login.goto();
  await pages.login.logIn({ ...user, password: `not ${user.password}` });
  await expect(pages.login.alert).toContainText(/invalid email or password/i);
  await page.goto('/chat');
  await expect(page).toHaveURL('/auth/login');
});

test('who is not signed in is sent to the login page', covers('FR-059'), async ({ page, pages }) => {
  await pages.chat.goto();
  await expect(page).toHaveURL('/auth/login');
});

test('after logging out the chat is closed, and the session is over', covers('FR-058'), async ({ page, pages, chat, user }) => {
  await chat.logOut();
  await expect(page).toHaveURL('/auth/login');
  await pages.chat.goto();
  await expect(page).toHaveURL('/auth/login');
  // The token itself would be shown by a failure.
  await expect(user.token().then(() => 'a valid JWT')).rejects.toThrow('HTTP 401');
});
