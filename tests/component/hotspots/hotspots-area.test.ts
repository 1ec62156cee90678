import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { legendOn, openHotspotsTable } from "#tests/browser/hotspots/hotspots-support.ts";
import { openPages } from "#tests/component/driver.ts";

const { server, browser } = demoWith(openPages);

const dates = "from=2021-06-01&to=2021-11-26";

describe("an area is drawn as study area", () => {
  test("around a chosen place, without the map", async () => {
    const { page } = await openTable(`#/hotspots?${dates}`);
    await page.locator(".hotspots__table tbody tr").first().click();
    await page.getByRole("button", { name: "within 500 m" }).click();
    await expect.poll(() => page.url()).toContain("area=drawn:");
    await page.getByText(/^(?:Tested by itself|This area has)/).waitFor();
  });
});

describe("an area that cannot answer says why", () => {
  test("a link to an area that is not here shows the whole command and says so", async () => {
    for (const area of ["ward:Nowhere", "drawn:1,2,x"]) {
      const { page, problems } = await openTable(`#/hotspots?${dates}&area=${area}`);
      await page.getByText(/^Area not found/).waitFor();
      expect(await legendOn(page)).toContain("Enfield and Haringey. Reported");
      await page.getByRole("button", { name: "Whole area" }).click();
      await page.getByText(/^Area not found/).waitFor({ state: "detached" });
      expect(problems).toEqual([]);
    }
  });

  test("dates that end before they start are said, until others are chosen", async () => {
    const { page, problems } = await openTable("#/hotspots?from=2021-11-05&to=2021-11-04");
    const fault = page.getByText(/dates in this link end before they start .+, so this shows/);
    await fault.waitFor();
    await page.getByRole("button", { name: "One week back" }).click();
    await fault.waitFor({ state: "detached" });
    expect(problems).toEqual([]);
  });

  test("an area without a cell: no map of nothing, no NaN, and a way back", async () => {
    const area = "drawn:2.0000,48.0000,2.0100,48.0000,2.0100,48.0100";
    const { page, problems } = await openAny(`#/hotspots?${dates}&area=${area}`);
    await page.getByText(/it contains no cell centre/).waitFor();
    await page.getByText("No records match").waitFor();
    expect(await page.locator("body").innerText()).not.toMatch(/NaN|Infinity|undefined/);
    expect(problems).toEqual([]);
    await page.getByRole("button", { name: "Whole area" }).click();
    await page.locator(".hotspots__table tbody tr").first().waitFor();
  });
});

const openTable = (fragment: string) => openHotspotsTable(browser, server.url, { fragment });

/** Also where there is nothing to list. */
async function openAny(fragment: string) {
  const opened = await browser.visit({ role: "sergeant", fragment });
  await opened.page.getByText(/cannot draw the map/).waitFor();
  return opened;
}
