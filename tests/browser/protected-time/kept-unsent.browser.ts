import { afterAll, beforeAll, expect, test } from "vitest";
import { type Front, frontOf } from "#tests/browser/app/front.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, type Visit } from "#tests/browser/driver.ts";
import {
  findSignal,
  loseSignal,
  openMore,
  patiently,
  visitPartner,
} from "#tests/browser/protected-time/outreach-support.ts";
import { countIn } from "#tests/support/accounts.ts";

/** A partner who chose that what could not be sent outlives the page: each test a step of one story. */
const { server, browser } = demoWith(openBrowser);
let front: Front;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  front = await frontOf(server.url);
  visit = await visitPartner(browser, { ...server, url: front.url }, { app: true });
  page = visit.page;
  await page.locator(".session-card").first().waitFor(patiently);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
});
afterAll(() => front.close());

const stored = () => page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
const item = () => page.evaluate(() => localStorage.getItem("boxster-unsent"));
const note = () => page.getByRole("alert", { name: "Police not told yet" });
const choice = () => page.getByLabel("Keep unsent entries on this phone");
const countOf = () => countIn(server.services.db, "outreach_session");

async function goOutWithoutSignal() {
  await loseSignal(page, front);
  await page
    .getByRole("button", { name: /^Out now at .*, 2 hours$/ })
    .first()
    .click();
  await note().waitFor(patiently);
}

/** The page asks whether to leave while something waits; here somebody does. */
async function openAnew() {
  page.once("dialog", (dialog) => void dialog.accept());
  await page.reload();
}

let before = 0;

test("nobody has chosen it: what could not be sent is in no storage, and gone with the page", async () => {
  before = await countOf();
  expect(await stored()).toBe("{}");
  await goOutWithoutSignal();
  await note().getByText("Keep this page open").waitFor();
  expect(await stored()).toBe("{}");
  await openAnew();
  await page.getByRole("heading", { name: "No signal" }).waitFor(patiently);
  expect(await page.getByText("not sent yet").count()).toBe(0);
  await findSignal(page, front);
  await page.locator(".session-card").first().waitFor(patiently);
  expect(await note().count()).toBe(0);
  expect(await countOf()).toBe(before);
});

test("what a partner chose to keep is sealed, outlives the page, and is sent once as there is a signal", async () => {
  await openMore(page, "Phones and accounts");
  expect(await choice().isChecked()).toBe(false);
  await choice().check();
  await expect.poll(item, patiently).not.toBeNull();
  await goOutWithoutSignal();
  await note().getByText("Encrypted on this phone").waitFor(patiently);
  const kept = (await item()) ?? "";
  expect(Object.keys(JSON.parse(kept) as object).sort()).toEqual(["count", "of", "sealed"]);
  for (const word of ["walk", "out now", "placeId", "hours"]) expect(kept).not.toContain(word);
  await openAnew();
  await page.getByRole("heading", { name: "No signal" }).waitFor(patiently);
  await page.getByText("1 entry is not sent yet.").waitFor();
  expect(await page.locator("body").innerText()).not.toMatch(/walk|police|outreach|boxster/i);
  await findSignal(page, front);
  await page.locator(".session-card__told").first().waitFor(patiently);
  expect(await countOf()).toBe(before + 1);
  await expect.poll(item, patiently).toMatch(/"count":0,"sealed":null/);
  await openMore(page, "Phones and accounts");
  expect(await choice().isChecked()).toBe(true);
});

test("somebody else who signs in here gets none of it: it is gone", async () => {
  await goOutWithoutSignal();
  await note().getByText("Encrypted on this phone").waitFor(patiently);
  await page.context().clearCookies();
  front.mend();
  const reply = await page.request.post("/api/session", {
    data: { role: "partner", partner: "b" },
  });
  expect(reply.ok()).toBe(true);
  await findSignal(page, front);
  await openAnew();
  await page.locator(".session-card").first().waitFor(patiently);
  await expect.poll(item, patiently).toBeNull();
  expect(await note().count()).toBe(0);
  expect(await countOf()).toBe(before + 1);
});

test("signing out takes it away, choice and all", async () => {
  await openMore(page, "Phones and accounts");
  await choice().check();
  await expect.poll(item, patiently).not.toBeNull();
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.locator(".sign-in").waitFor(patiently);
  expect(await stored()).toBe("{}");
  await visit.close();
});
