import { afterAll, beforeAll, expect, test } from "vitest";
import { type Front, frontOf } from "#tests/browser/app/front.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import {
  findSignal,
  goOut,
  loseSignal,
  patiently,
  visitPartner,
} from "#tests/browser/protected-time/outreach-support.ts";
import { countIn } from "#tests/support/accounts.ts";

const { server, browser } = demoWith(openBrowser);
let front: Front;
let visit: Visit;
let page: Page;
beforeAll(async () => {
  front = await frontOf(server.url);
  visit = await visitPartner(browser, { ...server, url: front.url });
  page = visit.page;
  await page.getByRole("heading", { name: "Next sessions" }).waitFor(patiently);
  await page.locator(".session-card").first().waitFor(patiently);
});
afterAll(async () => {
  await visit.close();
  await front.close();
});

const countOf = (table: string) => countIn(server.services.db, table);

test("a session waits in the page, says that police are not told, and goes out by itself", async () => {
  const note = page.getByRole("alert", { name: "Police not told yet" });
  const before = await countOf("outreach_session");
  await loseSignal(page, front);
  await goOut(page);
  await note.getByText("out now, 2 hours").waitFor();
  expect(await note.textContent()).toContain("phone your contact on 01632 960 123");
  expect(await seriousViolations(page)).toEqual([]);
  expect(await countOf("outreach_session")).toBe(before);
  const kept = await page.evaluate(async () => ({
    local: JSON.stringify(window.localStorage),
    session: JSON.stringify(window.sessionStorage),
    databases: (await window.indexedDB.databases()).length,
    caches: (await window.caches.keys()).length,
  }));
  expect(kept.databases + kept.caches).toBe(0);
  expect(kept.local + kept.session).not.toMatch(/out now|placeId/);
  // Leaving the page asks first.
  let asked = 0;
  page.on("dialog", async (dialog) => {
    asked += 1;
    await dialog.dismiss();
  });
  await page.evaluate(() => window.location.assign("/openapi")).catch(() => undefined);
  await expect.poll(() => asked).toBeGreaterThan(0);
  await note.waitFor();

  await findSignal(page, front);
  await note.waitFor({ state: "detached", ...patiently });
  await page
    .getByText(/On police screens since [\w:]+/)
    .first()
    .waitFor(patiently);
  expect(await countOf("outreach_session")).toBe(before + 1);
});
