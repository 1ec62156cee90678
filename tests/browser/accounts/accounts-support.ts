import type { Page } from "#tests/browser/driver.ts";

/** In the form of the sign-in page. */
export async function signInWith(page: Page, name: string, password: string): Promise<void> {
  const form = page.getByRole("form", { name: "Sign in" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Password").fill(password);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
}

/** On the screen of an administrator, up to the new account's own dialog. */
export async function addAccount(
  page: Page,
  name: string,
  role: string,
  more?: () => Promise<void>,
): Promise<void> {
  await page.getByRole("button", { name: "Add an account" }).click();
  await page.getByLabel("Sign-in name").fill(name);
  await page.getByLabel("Role").selectOption({ label: role });
  await more?.();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByRole("dialog", { name }).waitFor();
}

export async function openByPin(page: Page, pin: string): Promise<void> {
  await page.getByRole("textbox", { name: "PIN" }).fill(pin);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await page.getByRole("heading", { name: "Next sessions" }).waitFor({ timeout: 20_000 });
}
