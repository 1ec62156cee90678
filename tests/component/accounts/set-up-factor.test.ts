import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages } from "#tests/component/driver.ts";
import { addTestAccount, goodPassword } from "#tests/support/accounts.ts";
import { codeOf } from "#tests/support/second-factor.ts";

const { server, browser } = demoWith(openPages);
beforeAll(async () => {
  const account = { name: "new.auditor", role: "auditor", withoutSecondFactor: true } as const;
  await addTestAccount(server.services.db, account);
});

test("after the authenticator come recovery codes, and only then Done", async () => {
  const { page, problems } = await browser.visit();
  await page.getByRole("button", { name: "Sign in with an account instead" }).click();
  const signIn = page.getByRole("form", { name: "Sign in" });
  await signIn.getByLabel("Name").fill("new.auditor");
  await signIn.getByLabel("Password").fill(goodPassword);
  await signIn.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("button", { name: "Set up app" }).click();
  const form = page.getByRole("form", { name: "Confirm the app" });
  const secret = (await form.locator(".second-factor__secret").textContent()) ?? "";
  await form.getByLabel("2. Code shown in the app").fill(codeOf(secret));
  await form.getByRole("button", { name: "Confirm the app" }).click();
  const done = page.getByRole("button", { name: "Done" });
  await page.getByText("Make recovery codes, and keep them on paper.").waitFor();
  expect(await done.isDisabled()).toBe(true);
  await page.getByRole("button", { name: "Make recovery codes" }).click();
  await page.getByRole("list", { name: "Recovery codes" }).waitFor();
  await expect.poll(() => done.isDisabled()).toBe(false);
  await done.click();
  await page.locator(".audit__acts tbody tr").first().waitFor();
  expect(problems).toEqual([]);
});
