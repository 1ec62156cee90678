import { beforeAll, expect, test } from "vitest";
import { databaseBehind } from "#server/db/database.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, type Visit } from "#tests/browser/driver.ts";
import { storeReports } from "#tests/support/store-reports.ts";
import { comeTogether, pickettsLock } from "#tests/support/watch.ts";

const { server, browser } = demoWith(openBrowser);
let sergeant: Visit;
let page: Page;

const fragment = "#/displacement?part=alerts";
const patiently = { timeout: 20_000 };
const cards = () => page.locator(".alert-card");

beforeAll(async () => {
  sergeant = await browser.visit({ role: "sergeant", fragment });
  page = sergeant.page;
  await cards().first().waitFor(patiently);
});

test("a new import is on the open screens by itself: its alert is first, and an assessment asks again", async () => {
  const other = await browser.visit({ role: "analyst", fragment: "#/displacement" });
  await other.page.locator(".edge-card").first().waitFor();
  const again = other.page.waitForRequest((request) =>
    request.url().includes("/api/displacement?"),
  );
  await storeReports(databaseBehind(server.services.db), comeTogether(pickettsLock, 14));
  await expect.poll(() => cards().count(), patiently).toBe(2);
  expect(await cards().first().textContent()).toContain("Alert 2");
  await expect
    .poll(() => page.getByRole("link", { name: /^Alerts/ }).textContent(), patiently)
    .toBe("Alerts2 open");
  await again;
  await other.close();
  expect(sergeant.problems).toEqual([]);
});
