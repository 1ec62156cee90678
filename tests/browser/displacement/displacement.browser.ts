import { afterAll, beforeAll, expect, test } from "vitest";
import { withPhasesAndNotes } from "#tests/browser/displacement/displacement-support.ts";
import { openBrowser, seriousViolations, type TestBrowser } from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { isWhole } from "#tests/support/runs.ts";

/** How an assessment looks; what it says is in tests/component, that it hears of records in alerts.browser.ts. */
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

test.runIf(isWhole)(
  "wide and light, on a tablet in the dark: no serious fault of access, nothing wider than the screen",
  async () => {
    const visit = await browser.visit({
      server: server.url,
      role: "analyst",
      // With weights of one's own: all parts of the page are there.
      fragment: "#/displacement?harm=complaint:3",
    });
    const { page } = visit;
    await withPhasesAndNotes(page);
    await page.getByRole("table", { name: "In harm: Complaints, any subject 3" }).waitFor();
    await page.getByText("How this is calculated").click();
    for (const [width, colorScheme] of [
      [1280, "light"],
      [768, "dark"],
    ] as const) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      expect(await seriousViolations(page), colorScheme).toEqual([]);
      const main = page.locator("main");
      expect(await main.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);
      const over = await page
        .locator(".displacement__table")
        .evaluateAll((tables) => tables.map((one) => one.scrollWidth - one.clientWidth));
      expect(over, colorScheme).toEqual([0, 0]);
    }
    expect(visit.problems).toEqual([]);
    await visit.close();
  },
);
