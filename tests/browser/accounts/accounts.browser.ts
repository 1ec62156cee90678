import { beforeAll, expect, test } from "vitest";
import { signInWith } from "#tests/browser/accounts/accounts-support.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { addTestAccount, goodPassword } from "#tests/support/accounts.ts";

/** One account in two browsers: one story, each test a step of it. */
const { server, browser } = demoWith(openBrowser);
let first: Visit;
beforeAll(async () => {
  await addTestAccount(server.services.db, { name: "jane.hollis", role: "coordinator" });
});

async function signedIn(): Promise<Visit> {
  const visit = await browser.visit();
  await byAccount(visit.page, goodPassword);
  await held(visit.page).waitFor();
  return visit;
}

async function byAccount(page: Page, password: string): Promise<void> {
  await page.getByRole("button", { name: "Sign in with an account instead" }).click();
  await signInWith(page, "jane.hollis", password);
}

/** What a coordinator opens on, and the lock hides. */
const held = (page: Page) => page.locator(".coordinator__sentence");
const locked = (page: Page) => page.getByRole("dialog", { name: "Screen locked" });
const unlock = async (page: Page) => {
  await locked(page).getByLabel("Password").fill(goodPassword);
  await locked(page).getByRole("button", { name: "Unlock" }).click();
  await held(page).waitFor();
};

test("the lock comes after ten minutes that nobody touched, and hides everything", async () => {
  // Its clock is not that of the machine from here on.
  first = await browser.visit({ fresh: true });
  const { page } = first;
  await page.clock.install();
  await byAccount(page, goodPassword);
  await held(page).waitFor();
  await page.clock.runFor("09:30");
  expect(await locked(page).count()).toBe(0);
  await page.clock.runFor("00:40");
  await locked(page).waitFor();
  expect(await held(page).isVisible()).toBe(false);
  expect(await seriousViolations(page)).toEqual([]);
  await unlock(page);
});

test("an account sees its signed-in browsers, and signs one of them out", async () => {
  const second = await signedIn();
  await second.page.getByRole("button", { name: /^Signed in as/ }).click();
  await second.page.getByRole("button", { name: "Your account" }).click();
  const dialog = second.page.getByRole("dialog", { name: "Your account" });
  await dialog.getByText("(this one)").waitFor();
  expect(await seriousViolations(second.page)).toEqual([]);
  const others = dialog.getByRole("button", { name: "Sign out there" });
  const count = await others.count();
  expect(count).toBeGreaterThan(0);
  for (let n = count; n > 0; n -= 1) {
    await others.first().click();
    await expect.poll(() => others.count()).toBe(n - 1);
  }
  await first.page.evaluate(() => window.dispatchEvent(new Event("focus")));
  await first.page.getByRole("heading", { name: "Who are you today?" }).waitFor();
  await second.close();
});
