import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { credentialsByName } from "#server/accounts/queries/credentials.ts";
import { issueDeviceLink } from "#server/accounts/spoken-secret.ts";
import { gateActor } from "#server/db/database.ts";
import { type Front, frontOf } from "#tests/browser/app/front.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, type Visit } from "#tests/browser/driver.ts";
import {
  findSignal,
  loseSignal,
  patiently,
} from "#tests/browser/protected-time/outreach-support.ts";
import { addTestAccount, asOwner, confirmWaiting, countIn } from "#tests/support/accounts.ts";

/** Signed out is signed out: whoever leaves where there is no signal leaves nothing on the device that opens without them. */
const pin = "704913";
const person = "night.worker";
const elsewhere = "https://www.bbc.co.uk/weather";
const secrets = /walk|police|outreach|patrol|boxster/i;

const { server, browser } = demoWith(openBrowser);
let front: Front;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  front = await frontOf(server.url);
  await addTestAccount(server.services.db, {
    name: person,
    role: "partner",
    partner: "a",
    withoutPassword: true,
  });
});
afterAll(() => front.close());

beforeEach(async () => {
  const phone = { width: 390, height: 844, touch: true, app: true };
  visit = await browser.visit({ server: front.url, ...phone });
  page = visit.page;
  await page.context().route(elsewhere, (route) => {
    return route.fulfill({ contentType: "text/html", body: "<title>Weather</title>" });
  });
  const set = await page
    .context()
    .request.post("/api/session/device", { data: { secret: await newLink(), pin } });
  expect(set.ok()).toBe(true);
  await page.reload();
  await sessions().waitFor(patiently);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
});
afterEach(async () => {
  await visit.close();
  await asOwner(server.services.db, "delete from sign_in");
});

/** As an administrator makes it and a colleague confirms it. */
async function newLink(): Promise<string> {
  const { db } = server.services;
  const now = Date.now();
  const secret = await db.transaction(gateActor, async (tx) => {
    const account = await credentialsByName(tx, person, now);
    if (!account) throw new Error(`There is no account ${person}`);
    return (await issueDeviceLink(tx, account, { by: "admin", livesMs: 60_000, now })).secret;
  });
  await confirmWaiting(db, person);
  return secret;
}

const sessions = (on = page) => on.locator(".session-card").first();
const pinForm = (on = page) => on.getByRole("form", { name: "Open with PIN" });
const words = (on = page) => on.locator("body").innerText();
const stored = () => page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));

const countOf = (table: "outreach_session" | "sign_in") =>
  countIn(server.services.db, table === "sign_in" ? `sign_in where person = '${person}'` : table);

/** Twice, before the page has answered the first. */
async function pressTwice(name: string): Promise<void> {
  await page.getByRole("button", { name }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
}

test("left quickly without a signal: nothing opens without the PIN, and what was not sent never goes out", async () => {
  const before = await countOf("outreach_session");
  await loseSignal(page, front);
  await page
    .getByRole("button", { name: /^Out now at .*, 2 hours$/ })
    .first()
    .click();
  await page.getByRole("alert", { name: "Police not told yet" }).waitFor(patiently);
  await pressTwice("Leave quickly");
  await page.waitForURL(elsewhere);
  // Still without a signal: the page that is kept on the phone has nothing to show.
  await page.goto(front.url);
  await page.getByRole("heading", { name: "No signal" }).waitFor(patiently);
  expect(await words()).not.toMatch(secrets);
  expect(await stored()).toBe("{}");
  const asked: string[] = [];
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith("/api/")) asked.push(`${request.method()} ${pathname}`);
  });
  await findSignal(page, front);
  await pinForm().waitFor(patiently);
  expect(new Set(asked), "the sign-out and nothing before it").toEqual(
    new Set(["DELETE /api/session"]),
  );
  expect(await countOf("sign_in")).toBe(0);
  await page.getByRole("textbox", { name: "PIN" }).fill(pin);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await sessions().waitFor(patiently);
  expect(await page.getByRole("alert", { name: "Police not told yet" }).count()).toBe(0);
  expect(await countOf("outreach_session")).toBe(before);
});

test("left quickly without a signal and opened where there is one again, it asks for the PIN before it shows anything", async () => {
  await loseSignal(page, front);
  await pressTwice("Leave quickly");
  await page.waitForURL(elsewhere);
  await findSignal(page, front);
  const seen: string[] = [];
  page.on("response", (reply) => {
    if (new URL(reply.url()).pathname.startsWith("/api/outreach")) seen.push(reply.url());
  });
  await page.goto(front.url);
  await pinForm().waitFor(patiently);
  expect(seen).toEqual([]);
  expect(await countOf("sign_in")).toBe(0);
});

test("the menu signs out without a signal, in every tab, and the server hears of it before anything else", async () => {
  const second = await page.context().newPage();
  await second.goto(front.url);
  await sessions(second).waitFor(patiently);
  await loseSignal(page, front);
  await page.getByRole("button", { name: /^Signed in as/ }).click();
  await pressTwice("Sign out");
  for (const tab of [page, second]) {
    await tab.getByText("You are signed out here.").waitFor(patiently);
    expect(await words(tab)).not.toMatch(secrets);
    await expect.poll(() => tab.title(), patiently).toBe("Diary");
  }
  await page.reload();
  await page.getByText("You are signed out here.").waitFor(patiently);
  expect(await countOf("sign_in"), "the server has not heard").toBe(1);
  await findSignal(page, front);
  await pinForm().waitFor(patiently);
  await pinForm(second).waitFor(patiently);
  expect(await countOf("sign_in")).toBe(0);
  await page.reload();
  await pinForm().waitFor(patiently);
});

test("a phone whose access has ended keeps its plain name, mark and page, and says whom to ask", async () => {
  await asOwner(server.services.db, "delete from partner_device");
  await page.reload();
  await page.getByText("Ask whoever gave you the link for a new one.").waitFor(patiently);
  expect(await page.title()).toBe("Diary");
  expect(await words()).not.toMatch(secrets);
  const href = (rel: string) => page.locator(`link[rel="${rel}"]`).getAttribute("href");
  expect(await href("manifest")).toBe("/diary.webmanifest");
  expect(await href("icon")).toMatch(/plain|data:/);
  await page.getByRole("button", { name: "Other ways to sign in" }).click();
  await page.getByRole("heading", { name: "Boxster" }).waitFor(patiently);
});
