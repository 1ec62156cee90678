import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import {
  boundsIn,
  countOn,
  legendOn,
  openHotspotsTable,
  sentenceOn,
  showAll,
} from "#tests/browser/hotspots/hotspots-support.ts";
import { openPages, type Page, type VisitOptions } from "#tests/component/driver.ts";

const { server, browser } = demoWith(openPages);

describe("a sergeant looks for hotspots", () => {
  test("sentence, count and table agree, and places have names instead of cell numbers", async () => {
    const { page, problems } = await openTable();
    const sentence = await sentenceOn(page);
    expect(sentence).toMatch(/^[\d,]+ reports in 8 weeks; \d+ hotspots, most on /);
    expect(await countOn(page)).toBe(Number(sentence.split(" ")[0]?.replace(",", "")));
    const places = await page.locator(".hotspots__table .place-name").allInnerTexts();
    expect(places.length).toBeGreaterThan(10);
    expect(places.some((place) => place.includes("Fore Street"))).toBe(true);
    expect(places.filter((place) => /[0-9a-f]{10}/.test(place))).toEqual([]);
    expect(problems).toEqual([]);
  });

  test.each([fridayNight, "#/hotspots?from=2021-10-02&to=2021-11-26"])(
    "both figures add up: in the list without rows of 0, over the map, in the sentence and on the clock: %s",
    async (fragment) => {
      const { page } = await openTable({ fragment });
      await showAll(page);
      const counted = await column(page, 3);
      await page.getByText("How this is calculated").first().click();
      const words = await page.locator(".worked-out").innerText();
      expect(words).toContain(`${sum(counted)} reports: each counts once`);
      const shared = Number(/([\d.]+) with uncertain times shared out/.exec(words)?.[1]);
      // Told where it differs by a record: else the count is the one figure.
      const isApart = Math.abs(sum(counted) - shared) >= 1;
      expect(await page.getByTestId("shared-count").count()).toBe(isApart ? 1 : 0);
      if (isApart) expect(await numberIn(page, "shared-count")).toBe(shared);
      const hasShares = (await page.locator(".hotspots__share").count()) > 0;
      expect(counted.filter((count) => count < 1)).toEqual([]);
      // What the list lacks of them lies where nothing counts.
      const lacks = hasShares && sum(await column(page, 4)) < shared - 0.05;
      if (lacks) expect(words).toMatch(/Not listed, but .*: \d+ places? with/);
      expect(sum(counted)).toBe(await countOn(page));
      expect(sum(counted)).toBe(Number((await sentenceOn(page)).split(" ")[0]));
      expect(await page.getByTestId("list-total").innerText()).toBe(
        `${counted.length} places: ${sum(counted)} reports${isApart ? `, ${shared.toFixed(1)} with uncertain times shared out` : ""}`,
      );
      if (fragment === fridayNight) expect(await chosenOnClock(page)).toBeCloseTo(shared, 6);
    },
  );

  test("the legend speaks plainly and tells a few Friday nights apart", async () => {
    const { page } = await openTable({
      fragment: fridayNight.replace("2021-10-02", "2021-06-05"),
    });
    const legend = await legendOn(page);
    expect(legend).not.toMatch(/Gi\*|q at most|[\d,]+ cells|boxster-/);
    expect(legend).toContain("Enfield and Haringey");
    await page.getByText("Statistically significant (how this is tested)").click();
    expect(await page.locator(".legend__test").innerText()).toMatch(
      /Exact binomial test of each cell, alone and with its neighbours, against an even spread/,
    );
    const counts = await column(page, 3);
    const bounds = boundsIn(legend);
    expect(bounds).toHaveLength(5);
    const classes = counts.map((count) => bounds.filter((bound) => count >= bound).length);
    expect(new Set(classes.filter((each) => each > 0)).size).toBeGreaterThanOrEqual(3);
    await page.getByRole("button", { name: "One week back" }).click();
    await expect.poll(() => page.url()).toContain("to=2021-11-19");
    expect(boundsIn(await legendOn(page))).toEqual(bounds);
    await page.getByText("How this is calculated").first().click();
    expect(await page.locator(".worked-out").innerText()).toMatch(
      /even spread of \d+ events over 1,?252 cells/,
    );
  });

  test("the list is taken away as a file once the log has noted it, and not when it cannot", async () => {
    const { page } = await openTable({ fragment: fridayNight });
    await page.getByRole("button", { name: "Print or download" }).click();
    const noted = page.waitForRequest((request) => request.url().endsWith("/api/audit/exports"));
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Table (CSV)" }).click();
    expect((await noted).postDataJSON()).toMatchObject({ list: "hotspots", format: "csv" });
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^hotspots-.*-made-up-data\.csv$/);
    const text = await readFile(await file.path(), "utf8");
    expect(text.split("\r\n")[0]).toMatch(/^rank,place,cell,/);
    expect(text).toContain("MADE-UP DATA");

    await page.route("**/api/audit/exports", (route) => route.abort());
    let files = 0;
    page.on("download", () => {
      files += 1;
    });
    await page.getByRole("button", { name: "Print or download" }).click();
    await page.getByRole("button", { name: "Map areas (GeoJSON)" }).click();
    await page.locator(".hotspots__files .error-note").waitFor();
    expect(files).toBe(0);
  });

  test("without a map there is no picture of it, and that is said", async () => {
    const { page } = await openTable();
    await page.getByRole("button", { name: "Print or download" }).click();
    const picture = page.getByRole("button", { name: "Picture of the map (PNG)" });
    expect(await picture.isDisabled()).toBe(true);
    await page.getByText("No picture: the map is not shown").waitFor();
  });

  test("a row and its cell on the map are one choice, which Escape lets go", async () => {
    const { page } = await openTable();
    const first = page.locator(".hotspots__table tbody tr").first();
    await first.click();
    expect(await first.getAttribute("aria-selected")).toBe("true");
    const story = page.getByRole("region", { name: "Chosen place" });
    expect(await story.locator("h2").innerText()).toBe(
      await first.locator(".place-name").innerText(),
    );
    await expect.poll(() => page.url()).toMatch(/cell=[0-9a-f]{15}/);
    await page.keyboard.press("Escape");
    await story.waitFor({ state: "detached" });
  });

  test("the keyboard moves brush and clock, and Escape shows the whole week again", async () => {
    const { page } = await openTable();
    const all = await countOn(page);
    await page.getByRole("slider", { name: "First date" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.url()).toContain("from=2021-10-09");
    const shorter = await countOn(page);
    expect(shorter).toBeLessThan(all);
    await page.locator('[data-square="4 16"]').focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    await expect.poll(() => page.url()).toContain("days=fri,sat&hours=22-01");
    const nights = await countOn(page);
    expect(nights).toBeLessThan(shorter);
    expect(nights).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await expect.poll(() => countOn(page)).toBe(shorter);
  });

  test("police finds stand beside the reports and never change their count or order", async () => {
    const { page } = await openTable();
    const count = await countOn(page);
    const order = await placesOf(page);
    await page.getByRole("checkbox", { name: "Stop and search" }).check();
    await page.getByRole("checkbox", { name: "Arrests" }).check();
    await page.getByText(/beside \d+ police records/).waitFor();
    expect(await countOn(page)).toBe(count);
    expect(await placesOf(page)).toEqual(order);
  });

  test("keep-clear time is named in the legend for a sergeant and unknown to an analyst", async () => {
    const sergeant = await openTable();
    await legendOn(sergeant.page);
    await sergeant.page.getByText(/^Keep clear: outreach and other protected time/).waitFor();
    const analyst = await openTable({ role: "analyst" });
    const asked: string[] = [];
    analyst.page.on("request", (request) => asked.push(request.url()));
    await analyst.page.reload();
    await analyst.page.locator(".hotspots__table tbody tr").first().waitFor();
    expect(asked.filter((url) => url.includes("keep-clear"))).toEqual([]);
    expect(await analyst.page.getByText(/keep clear/i).count()).toBe(0);
  });

  test("places that are kept clear in the chosen hours carry the hatch in the table too", async () => {
    const { page } = await openTable();
    const kept = () => page.getByRole("row", { name: /Keep clear / }).count();
    await expect.poll(kept).toBeGreaterThan(0);
    await page.getByRole("checkbox", { name: "Keep clear" }).uncheck();
    expect(await kept()).toBe(0);
  });

  test("a keep-clear hatch that cannot be loaded is said, not left out", async () => {
    const { page } = await openTable();
    await page.route("**/api/keep-clear*", (route) => route.abort());
    await page.reload();
    await page.getByText("Keep-clear time could not be loaded").waitFor();
    await page.unroute("**/api/keep-clear*");
    await page.getByRole("button", { name: "Retry" }).click();
    await legendOn(page);
    await page.getByText(/^Keep clear: outreach and other protected time/).waitFor();
  });

  test("records that cannot be loaded leave the frame standing, with a way to try again", async () => {
    const { page } = await browser.visit({ role: "sergeant" });
    await page.route("**/api/events?*", (route) => route.abort());
    await page.reload();
    await page.getByText("The server is not responding").waitFor();
    expect(await page.getByRole("navigation", { name: "Screens" }).isVisible()).toBe(true);
    await page.unroute("**/api/events?*");
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByTestId("filtered-count").waitFor();
  });

  test("without WebGL the table takes the map's place and everything else works", async () => {
    const { page, problems } = await browser.visit({ role: "sergeant" });
    await page.getByText(/cannot draw the map/).waitFor();
    await expect.poll(() => sentenceOn(page)).toMatch(/^[\d,]+ reports/);
    await page.getByRole("button", { name: "One week back" }).click();
    await expect.poll(() => page.url()).toContain("to=2021-11-19");
    expect(problems).toEqual([]);
  });

  test("at 768 px the panel is a sheet with three heights, moved by key", async () => {
    const { page } = await openTable({ width: 768, height: 1024 });
    const sheet = page.locator(".sheet");
    const grip = page.getByRole("button", { name: /^Ranked places: / });
    await grip.focus();
    await page.keyboard.press("ArrowUp");
    await expect.poll(() => sheet.getAttribute("class")).toContain("sheet--full");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => sheet.getAttribute("class")).toContain("sheet--peek");
    await grip.click();
    await expect.poll(() => sheet.getAttribute("class")).toContain("sheet--half");
  });

  test("at 390 px the screen says that it needs more width", async () => {
    const { page } = await browser.visit({
      role: "sergeant",
      fragment: "#/hotspots",
      touch: true,
      width: 390,
      height: 844,
    });
    await page.getByText("Hotspots needs a wider screen").waitFor();
  });
});

const openTable = (options: Partial<VisitOptions> = {}) =>
  openHotspotsTable(browser, server.url, options);

const fridayNight = "#/hotspots?from=2021-10-02&to=2021-11-26&days=fri&hours=20-02";

/** The numbers of a column of the list, the first being 1. */
async function column(page: Page, position: number): Promise<number[]> {
  const cells = page.locator(`.hotspots__table tbody td:nth-child(${position})`);
  return (await cells.allInnerTexts()).map(Number);
}

function sum(values: readonly number[]): number {
  return Math.round(values.reduce((total, value) => total + value, 0) * 10) / 10;
}

async function numberIn(page: Page, testId: string): Promise<number> {
  return Number((await page.getByTestId(testId).innerText()).replace(",", ""));
}

async function chosenOnClock(page: Page): Promise<number> {
  const labels = await page
    .locator('.clock__square[aria-selected="true"]')
    .evaluateAll((squares) => squares.map((square) => square.getAttribute("aria-label") ?? ""));
  return sum(labels.map((label) => Number(/: ([\d.]+) /.exec(label)?.[1])));
}

function placesOf(page: Page): Promise<string[]> {
  return page.locator(".hotspots__table .place-name").allInnerTexts();
}
