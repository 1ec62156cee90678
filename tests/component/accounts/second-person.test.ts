import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openMore, visitPartner } from "#tests/browser/protected-time/outreach-support.ts";
import { openPages } from "#tests/component/driver.ts";
import { addTestAccount, asOwner, confirmWaiting, goodPassword } from "#tests/support/accounts.ts";

const { server, browser } = demoWith(openPages);
beforeAll(async () => {
  const { db } = server.services;
  await addTestAccount(db, { name: "jane.hollis", role: "sergeant" });
  await addTestAccount(db, { name: "north.worker", role: "partner", partner: "a" });
});

const visit = (role: "admin" | "coordinator" | "auditor") => browser.visit({ role });

/** An administrator gives out one-time secrets on their own screen. */
async function giveSecrets(...names: readonly string[]) {
  const { page, close } = await visit("admin");
  for (const name of names) {
    await page.getByRole("button", { name: `Change ${name}` }).click();
    await page.getByRole("button", { name: /one-time secret$/i }).click();
    await page.getByRole("button", { name: "Show a secret" }).click();
    await page.getByText("Shown once only.").waitFor();
    await page.getByRole("button", { name: "Close" }).click();
  }
  return { page, close };
}

test("what an administrator gives out says that it waits, and the coordinator refuses it in one tap", async () => {
  const desk = await giveSecrets("north.worker");
  await desk.page.getByText("secret waiting for a second person").waitFor();
  await desk.page
    .getByText("wants to give north.worker (Partner A (made up)) a new one-time secret")
    .waitFor();
  await desk.close();
  const there = await visit("coordinator");
  await there.page
    .getByText("wants to give north.worker (Partner A (made up)) a new one-time secret")
    .waitFor();
  await there.page.getByText("can read and change the sessions of Partner A (made up)").waitFor();
  await there.page.getByRole("button", { name: "Refuse for north.worker" }).click();
  await there.page.getByText("Refused by a coordinator").waitFor();
  await there.close();
  const { page, close } = await visit("admin");
  await page.getByText("secret refused: not in use").waitFor();
  await page.getByText("Refused by a coordinator").waitFor();
  await close();
});

test("a partner's people read what is asked and what became of it, and confirm in one tap", async () => {
  await (await giveSecrets("north.worker")).close();
  const { page, close } = await visitPartner(browser, server);
  const asked = page.getByText(
    "The police accounts office wants to give north.worker a new one-time secret. Anyone who signs in with it can read and change your sessions.",
  );
  await asked.waitFor();
  await page.getByText("Confirm only if you know about it.").waitFor();
  await openMore(page, "Phones and accounts");
  await page.getByText("Refused by a coordinator").first().waitFor();
  expect(await page.locator(".outreach").textContent()).not.toContain("demonstration admin");
  await page.getByRole("button", { name: "Confirm for north.worker" }).click();
  await asked.waitFor({ state: "detached" });
  await page.getByText("Confirmed by one of your team").first().waitFor();
  await close();
});

test("police are told of a secret that was given for their account, until they put the line away; the auditor reads it", async () => {
  await (await giveSecrets("jane.hollis")).close();
  await confirmWaiting(server.services.db, "jane.hollis");
  // Its person has used it: a password is there again.
  await addTestAccount(server.services.db, { name: "for.its.hash" });
  await asOwner(
    server.services.db,
    `update account set setup_hash = null, setup_until = null,
       password_hash = (select password_hash from account where name = 'for.its.hash')
     where name = 'jane.hollis'`,
  );
  const { page, close } = await browser.visit();
  await page.getByRole("button", { name: "Sign in with an account instead" }).click();
  const form = page.getByRole("form", { name: "Sign in" });
  await form.getByLabel("Name").fill("jane.hollis");
  await form.getByLabel("Password").fill(goodPassword);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
  const told = page.getByText("An administrator gave a new one-time secret for your account on");
  await told.waitFor();
  await page.getByRole("button", { name: "I asked for this" }).click();
  await told.waitFor({ state: "detached" });
  await close();
  const auditor = await browser.visit({
    server: server.url,
    role: "auditor" as const,
    fragment: "#/accounts",
  });
  await auditor.page.getByText("One-time secret for jane.hollis").waitFor();
  await auditor.close();
});
