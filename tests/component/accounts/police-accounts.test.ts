import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages } from "#tests/component/driver.ts";
import { addTestAccount } from "#tests/support/accounts.ts";

const { server, browser } = demoWith(openPages);
beforeAll(async () => {
  const { db } = server.services;
  await addTestAccount(db, { name: "sam.sergeant", role: "sergeant" });
  await addTestAccount(db, { name: "away.analyst", role: "analyst" });
  const phoneAlone = { role: "partner", partner: "a", withoutPassword: true } as const;
  await addTestAccount(db, { name: "by.phone", ...phoneAlone });
});

const asAdmin = () => browser.visit({ role: "admin" });

test("a partner's account has a phone and no password, until an administrator allows one", async () => {
  const { page, close } = await asAdmin();
  await page.getByRole("button", { name: "Change by.phone" }).click();
  const dialog = page.getByRole("dialog", { name: "by.phone", exact: true });
  await dialog.getByText("Passwords are off for this account.").waitFor();
  await dialog.getByRole("button", { name: "Link to set up a phone" }).waitFor();
  expect(await dialog.getByRole("button", { name: "One-time secret" }).count()).toBe(0);
  await dialog.getByRole("button", { name: "Allow a password" }).click();
  const question = page.getByRole("dialog", { name: "Allow by.phone a password?" });
  await question.getByText("A second person must confirm the password before it works.").waitFor();
  await question.getByRole("button", { name: "Allow", exact: true }).click();
  await dialog.getByRole("button", { name: "One-time secret" }).waitFor();
  await dialog.getByRole("button", { name: "Turn password off" }).click();
  await page
    .getByRole("dialog", { name: "Turn password off for by.phone?" })
    .getByRole("button", { name: "Turn off" })
    .click();
  await dialog.getByText("Passwords are off for this account.").waitFor();
  await close();
});
