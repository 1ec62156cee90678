import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openPages } from "#tests/component/driver.ts";
import { addTestAccount, asOwner, goodPassword } from "#tests/support/accounts.ts";

const { server, browser } = demoWith(openPages);
beforeAll(async () => {
  const { db } = server.services;
  await addTestAccount(db, { name: "sam.sergeant", role: "sergeant" });
  await addTestAccount(db, { name: "away.analyst", role: "analyst" });
  const phoneAlone = { role: "partner", partner: "a", withoutPassword: true } as const;
  await addTestAccount(db, { name: "by.phone", ...phoneAlone });
});

const asAdmin = () => browser.visit({ role: "admin" });

test("a sergeant proves to be there, confirms what an administrator asks for a police account, and puts the news away", async () => {
  const admin = await asAdmin();
  await admin.page.getByRole("button", { name: "Change away.analyst" }).click();
  await admin.page.getByRole("button", { name: /one-time secret$/i }).click();
  await admin.page.getByRole("button", { name: "Show a secret" }).click();
  await admin.page.getByText("within three days of a second person confirming it").waitFor();
  await admin.page.getByRole("button", { name: "Close" }).click();
  await admin.page.getByText("A sergeant, an auditor or a coordinator must confirm it.").waitFor();
  expect(await admin.page.getByRole("button", { name: "Confirm for away.analyst" }).count()).toBe(
    0,
  );
  await admin.close();

  const { page, close } = await browser.visit();
  await page.getByRole("button", { name: "Sign in with an account instead" }).click();
  const form = page.getByRole("form", { name: "Sign in" });
  await form.getByLabel("Name").fill("sam.sergeant");
  await form.getByLabel("Password").fill(goodPassword);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
  await page
    .getByText(
      "1 request for access to police accounts: a second person must confirm. away.analyst.",
    )
    .waitFor();
  await page.getByRole("button", { name: "Review" }).click();
  const dialog = page.getByRole("dialog", { name: "Police accounts" });
  await dialog.getByText("wants to give away.analyst (analyst) a new one-time secret").waitFor();
  await dialog.getByText("Anyone who signs in with it can read all reports.").waitFor();
  // Their desk was left open since.
  await asOwner(
    server.services.db,
    "update sign_in set fresh_at = now() - interval '7 minutes' where person = 'sam.sergeant'",
  );
  await dialog.getByRole("button", { name: "Confirm for away.analyst" }).click();
  const proof = page.getByRole("form", { name: "Confirm it is you" });
  await proof.getByLabel("Password").fill(goodPassword);
  await proof.getByRole("button", { name: "Confirm", exact: true }).click();
  await dialog.getByText(/Confirmed by a sergeant on/).waitFor();
  await dialog.getByRole("button", { name: "I have read it" }).click();
  await dialog.getByRole("button", { name: "I have read it" }).waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  expect(await page.getByRole("button", { name: "Review" }).count()).toBe(0);
  await close();
});

test("a partner's account has a phone and no password, until an administrator allows one", async () => {
  const { page, close } = await asAdmin();
  await page.getByRole("button", { name: "Change by.phone" }).click();
  const dialog = page.getByRole("dialog", { name: "by.phone", exact: true });
  await dialog.getByText("Passwords are off for this account.").waitFor();
  await dialog.getByRole("button", { name: "Link to set up a phone" }).waitFor();
  for (const name of ["One-time secret", "Set a password for this person"]) {
    expect(await dialog.getByRole("button", { name }).count(), name).toBe(0);
  }
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
