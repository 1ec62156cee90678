import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import {
  openBrowser,
  type Page,
  plugInPasskeys,
  seriousViolations,
  type Visit,
} from "#tests/browser/driver.ts";
import { addTestAccount, goodPassword } from "#tests/support/accounts.ts";
import { codeOf } from "#tests/support/second-factor.ts";

/** One auditor, who sets everything up, signs in by each, and loses each: one story, each test a step of it. */
const name = "jane.hollis";
const { server, browser } = demoWith(openBrowser);
let visit: Visit;
let page: Page;
let device: { readonly lose: () => Promise<void> };
let secret = "";
let codes: readonly string[] = [];
beforeAll(async () => {
  await addTestAccount(server.services.db, { name, role: "auditor", withoutSecondFactor: true });
  // A browser binds passkeys to a name, never to figures.
  const named = server.url.replace("127.0.0.1", "localhost");
  visit = await browser.visit({ server: named, fresh: true });
  page = visit.page;
  device = await plugInPasskeys(page);
});

const inside = () => page.locator(".audit__acts tbody tr").first();

async function byPassword(): Promise<void> {
  await byAccount();
  const form = page.getByRole("form", { name: "Sign in" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Password").fill(goodPassword);
  await form.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function byAccount(): Promise<void> {
  await page.getByRole("button", { name: "Sign in with an account instead" }).click();
}

async function signOut(): Promise<void> {
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Who are you today?" }).waitFor();
}

test("without one an auditor is led to set it up, and comes no further", async () => {
  await byPassword();
  await page.getByRole("heading", { name: "Set up a second factor" }).waitFor();
  expect(await page.getByRole("navigation").count()).toBe(0);
  const goOn = page.getByRole("button", { name: "Done" });
  expect(await goOn.isDisabled()).toBe(true);
  await page.reload();
  await page.getByRole("button", { name: "Set up app" }).click();
  await page.getByRole("img", { name: "QR code to scan with the app" }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  const form = page.getByRole("form", { name: "Confirm the app" });
  secret = (await form.locator(".second-factor__secret").textContent()) ?? "";
  await form.getByLabel("2. Code shown in the app").fill("000000");
  await form.getByRole("button", { name: "Confirm the app" }).click();
  await form.getByRole("alert").filter({ hasText: "Code not accepted" }).waitFor();
  await form.getByLabel("2. Code shown in the app").fill(codeOf(secret));
  await form.getByRole("button", { name: "Confirm the app" }).click();
  await page.getByRole("button", { name: "Make recovery codes" }).click();
  const shown = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await shown.first().waitFor();
  codes = await shown.allTextContents();
  expect(codes).toHaveLength(10);
  expect(await seriousViolations(page)).toEqual([]);
  await goOn.click();
  await inside().waitFor();
});

test("a passkey is added, and signs in by itself", async () => {
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("button", { name: "Your account" }).click();
  const dialog = page.getByRole("dialog", { name: "Your account" });
  await dialog.getByLabel("Device name").fill("Office desk");
  await dialog.getByRole("button", { name: "Add a passkey" }).click();
  await dialog.getByRole("button", { name: "Remove passkey Office desk" }).waitFor();
  await dialog.getByText("10 left.").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Close" }).click();
  await signOut();
  // Offered among what the browser fills in; this device says yes to whatever it is offered.
  await byAccount();
  await inside().waitFor();
  await signOut();
  await page.evaluate(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false;
  });
  await byAccount();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await inside().waitFor();
});

test("what needs its person asks for a proof, and goes on by itself", async () => {
  const { db } = server.services;
  await db.transaction({ person: "gate", role: "gate", partner: null }, (tx) =>
    tx.query("update sign_in set fresh_at = now() - interval '6 minutes'"),
  );
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("button", { name: "Your account" }).click();
  const dialog = page.getByRole("dialog", { name: "Your account" });
  await dialog.getByRole("button", { name: "Replace the recovery codes" }).click();
  const ask = page.getByRole("dialog", { name: "Confirm it is you" });
  await ask.waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  await ask.getByRole("button", { name: "Close" }).click();
  await dialog.getByRole("alert").filter({ hasText: "Confirm it is you" }).waitFor();
  await dialog.getByRole("button", { name: "Replace the recovery codes" }).click();
  await ask.getByLabel("Password", { exact: true }).last().fill("not the password");
  await ask.getByRole("button", { name: "Confirm", exact: true }).click();
  await ask.getByRole("alert").filter({ hasText: "Not signed in" }).waitFor();
  await ask.getByRole("button", { name: "Use a passkey" }).click();
  const shown = dialog.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await shown.first().waitFor();
  codes = await shown.allTextContents();
  await dialog.getByRole("button", { name: "Close" }).click();
  await signOut();
});

test("without the passkey, password and app sign in; without the phone, a recovery code does, once", async () => {
  await device.lose();
  await byAccount();
  await page.getByRole("button", { name: "Sign in with a passkey" }).click();
  await page.getByRole("alert").filter({ hasText: "No passkey used" }).waitFor();
  await page.getByRole("button", { name: "Choose a demo role instead" }).click();
  await byPassword();
  await page.getByRole("heading", { name: "One more step" }).waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  // Reloaded, it goes on where it was.
  await page.reload();
  await page.getByLabel("Code from your authenticator app").fill(codeOf(secret, 1));
  await page.getByRole("button", { name: "Continue" }).click();
  await inside().waitFor();
  await signOut();

  const recover = async (code: string) => {
    await byPassword();
    await page.getByRole("button", { name: "Use a recovery code" }).click();
    await page.getByLabel("Recovery code").fill(code);
    await page.getByRole("button", { name: "Continue" }).click();
  };
  const [code = ""] = codes;
  await recover(code);
  await inside().waitFor();
  await signOut();
  await recover(code);
  await page.getByRole("alert").filter({ hasText: "has been used" }).waitFor();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "Administrator" }).waitFor();
});

test("without any of them two other people let her back, and she is told by whom", async () => {
  const admin = await browser.visit({ role: "admin" });
  await admin.page.getByRole("button", { name: `Change ${name}` }).click();
  await admin.page.getByRole("button", { name: "Request second factor reset" }).click();
  await admin.page.getByRole("button", { name: "Send request", exact: true }).click();
  await admin.page.getByRole("button", { name: "Close", exact: true }).first().click();
  await admin.page.getByRole("button", { name: "Withdraw" }).waitFor();
  expect(await admin.page.getByRole("button", { name: "Reset second factor" }).count()).toBe(0);
  await admin.close();
  const second = await browser.visit({ role: "coordinator" });
  await second.page.getByText(`a second factor reset for ${name}`).waitFor();
  expect(await seriousViolations(second.page)).toEqual([]);
  await second.page.getByRole("button", { name: "Reset second factor" }).click();
  await expect
    .poll(() => second.page.getByRole("button", { name: "Reset second factor" }).count())
    .toBe(0);
  await second.close();
  await byPassword();
  await page.getByRole("heading", { name: "Set up a second factor" }).waitFor();
  const told = page.getByText("confirmed by demonstration coordinator");
  await told.waitFor();
  await page.getByRole("button", { name: "I have read this" }).click();
  await expect.poll(() => told.count()).toBe(0);
  expect(visit.problems.filter((problem) => !/status of 4\d\d/.test(problem))).toEqual([]);
});
