import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import {
  openHotspotsTable,
  paramOn,
  sentenceOn,
} from "#tests/browser/hotspots/hotspots-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";
import { removeStreets } from "#tests/support/kept-graph.ts";
import { bringStreets } from "#tests/support/street-reports.ts";

const { server, browser } = demoWith(openPages);

const fragment = "#/hotspots?from=2021-11-01&to=2021-11-26&by=street";

const rowsOn = async (page: Page) => page.locator(".hotspots__table .place-name").allInnerTexts();

describe("hotspots by street", () => {
  test("without streets the choice says in one line whom to ask, without an error, and cells stay as they are", async () => {
    const { page, problems } = await openHotspotsTable(browser, server.url);
    const byCell = await sentenceOn(page);
    await page.getByRole("radio", { name: "By street" }).check();
    await page.getByText("No street data yet. Ask your administrator.").waitFor();
    expect(await page.getByRole("group", { name: "List", exact: true }).count()).toBe(0);
    await expect.poll(() => paramOn(page, "by")).toBe("street");
    await page.getByRole("radio", { name: "By cell" }).check();
    await expect.poll(() => paramOn(page, "by")).toBe("");
    await page.locator(".hotspots__table tbody tr").first().waitFor();
    expect(await sentenceOn(page)).toBe(byCell);
    expect(problems).toEqual([]);
  });

  test("stretches are listed with counts, length and mark; sentence and list say the same", async () => {
    await bringStreets(server.services);
    const { page } = await openHotspotsTable(browser, server.url, { fragment });
    expect(await sentenceOn(page)).toMatch(
      /^\d+ reports in 3\.7 weeks, 13 of them on a street; \d+ stretches of street are hotspots/,
    );
    expect(await rowsOn(page)).toEqual([
      "Column 2 between Row 2 and Row 3",
      "Row 0 between Column 0 and Column 1",
      "Column 2 between Row 3 and Row 4",
    ]);
    const first = page.locator(".hotspots__table tbody tr").first();
    expect(await first.innerText()).toMatch(/Hotspot \(this stretch\)/);
    const cells = await first.locator("td").allInnerTexts();
    expect(cells.slice(2)).toEqual(["8", "8.0"]);
    expect(cells[1]).toMatch(/ 100 m$/);
    await page.getByText(/^\d+ without a street: why$/).click();
    expect(await page.locator(".street-note").first().innerText()).toMatch(
      /13 of \d+ reports have a street\. Of the rest \d+ came in before/,
    );
    const legend = (await page.locator(".legend").textContent()) ?? "";
    expect(legend).toContain("Reports per stretch of street");
    expect(legend).toContain("binomial test of each segment");
    expect(legend).toContain("Keep clear: outreach and other protected time, known to");
  });

  test("a row is chosen by keys and let go of; whole streets lead to their busiest stretch", async () => {
    const { page } = await openHotspotsTable(browser, server.url, { fragment });
    const rows = page.locator(".hotspots__table tbody tr");
    await rows.nth(1).press("Enter");
    await expect.poll(() => rows.nth(1).getAttribute("aria-selected")).toBe("true");
    await page.getByRole("radio", { name: "Whole streets" }).check();
    const wholes = await page.locator(".hotspots__table tbody tr").allInnerTexts();
    expect(wholes).toHaveLength(2);
    expect(wholes[0]).toContain("Column 2");
    await rows.first().click();
    await page.getByRole("radio", { name: "Stretches" }).check();
    await expect.poll(() => rows.first().getAttribute("aria-selected")).toBe("true");
    await rows.first().press("Escape");
    await expect.poll(() => rows.first().getAttribute("aria-selected")).toBe("false");
  });

  test("by street there are counts and significance; the other measures come back with cells", async () => {
    const { page } = await openHotspotsTable(browser, server.url, { fragment });
    expect(await page.getByRole("radio", { name: "Pattern", exact: true }).count()).toBe(0);
    await page.getByRole("radio", { name: "Significance", exact: true }).check();
    await page.getByRole("columnheader", { name: "Chance" }).waitFor();
    await page.getByRole("radio", { name: "By cell" }).check();
    expect(await page.getByRole("radio", { name: "Pattern", exact: true }).count()).toBe(1);
  });

  test("the file is made of the stretches, and is noted first", async () => {
    const { page } = await openHotspotsTable(browser, server.url, { fragment, role: "analyst" });
    await page.locator(".hotspots__table tbody tr").first().waitFor();
    await page.getByRole("button", { name: /^Print or download/ }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "Table (CSV)" }).click();
    const text = await readFile(await (await coming).path(), "utf8");
    expect(text).toContain("1,Column 2 between Row 2 and Row 3,Column 2,street,100,8,8,8");
    expect(text).toContain("streets,© OpenStreetMap contributors");
    expect(text).not.toContain("cell,");
  });

  test("streets that go while the page is open are said so, and nothing stays listed", async () => {
    const { page } = await openHotspotsTable(browser, server.url, { fragment });
    await removeStreets(server.services.config.dataFolder);
    await page.getByRole("radio", { name: "Significance", exact: true }).check();
    await page.getByText(/No street data yet/).waitFor();
    expect(await page.locator(".hotspots__table tbody tr").count()).toBe(0);
  });
});
