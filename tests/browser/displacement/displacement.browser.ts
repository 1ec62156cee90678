import { expect, test } from "vitest";
import { silentNotes } from "#server/acts/services.ts";
import { saveHarmTable } from "#server/records/harm-weights.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import { withPhasesAndNotes } from "#tests/browser/displacement/displacement-support.ts";
import { openBrowser, seriousViolations } from "#tests/browser/driver.ts";
import { isWhole } from "#tests/support/runs.ts";

/** How an assessment looks; what it says is in tests/component, that it hears of records in alerts.browser.ts. */
const { server, browser } = demoWith(openBrowser);

test.runIf(isWhole)(
  "wide and light, on a tablet in the dark: no serious fault of access, nothing wider than the screen",
  async () => {
    const version = await saveHarmTable(
      {
        ...{ ...server.services, ...silentNotes },
        actor: { person: "ana", role: "analyst", partner: null },
      },
      {
        name: "Weights of a test",
        source: "Made for a test, 2024, found nowhere else",
        weights: [{ name: "complaint", weight: 3 }],
      },
    );
    const visit = await browser.visit({
      role: "analyst",
      // By harm: all parts of the page are there.
      fragment: `#/displacement?harm=v${version}`,
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
