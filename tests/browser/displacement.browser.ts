import { afterAll, beforeAll, expect, test } from "vitest";
import { withPhasesAndNotes } from "#tests/browser/displacement-support.ts";
import { openBrowser, seriousViolations, type TestBrowser } from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { comeTogether, pickettsLock, storeReports } from "#tests/support/watch.ts";

/** How an assessment looks, and that it hears of records; what it says is in tests/component. */
let server: DemoServer;
let browser: TestBrowser;

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

test.each([
  { width: 1280, theme: "light" },
  { width: 768, theme: "dark" },
] as const)(
  "at $width px, $theme: no serious fault of access, nothing wider than the screen",
  async (look) => {
    const visit = await browser.visit({
      server: server.url,
      role: "analyst",
      // With weights of one's own: all parts of the page are there.
      fragment: "#/displacement?harm=complaint:3",
      ...look,
    });
    await withPhasesAndNotes(visit.page);
    await visit.page
      .getByRole("table", { name: "In harm: Complaints, whatever about 3" })
      .waitFor();
    await visit.page.getByText("and a heavy part of it").click();
    expect(await seriousViolations(visit.page)).toEqual([]);
    const main = visit.page.locator("main");
    expect(await main.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
    const over = await visit.page
      .locator(".displacement__table")
      .evaluateAll((tables) => tables.map((one) => one.scrollWidth - one.clientWidth));
    expect(over).toEqual([0, 0]);
    expect(visit.problems).toEqual([]);
    await visit.close();
  },
);

test("an open assessment hears of records that come in", async () => {
  const visit = await browser.visit({
    server: server.url,
    role: "sergeant",
    fragment: "#/displacement",
  });
  const own = visit.page;
  await own.locator(".edge-card").first().waitFor();
  const again = own.waitForRequest((request) => request.url().includes("/api/displacement?"));
  await storeReports(server.services.db, comeTogether(pickettsLock, 1));
  await again;
  await visit.close();
});
