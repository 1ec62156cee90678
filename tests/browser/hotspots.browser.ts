import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
  type VisitOptions,
} from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

let server: DemoServer;
let browser: TestBrowser;
beforeAll(async () => {
  [server, browser] = await Promise.all([startDemoServer(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

describe("a sergeant looks for hotspots", () => {
  test("sentence, count and table agree, and places have names instead of cell numbers", async () => {
    const { page, problems, close } = await openHotspots({ map: true });
    const sentence = await sentenceOf(page);
    expect(sentence).toMatch(/^[\d,]+ reports in 8 weeks; \d+ hotspots, most on /);
    expect(await countOf(page)).toBe(Number(sentence.split(" ")[0]?.replace(",", "")));
    const places = await page.locator(".hotspots__table .place-name").allInnerTexts();
    expect(places.length).toBeGreaterThan(10);
    expect(places.some((place) => place.includes("Fore Street"))).toBe(true);
    expect(places.filter((place) => /[0-9a-f]{10}/.test(place))).toEqual([]);
    await page.locator(".map-view__canvas[data-drawn]").waitFor();
    expect(problems).toEqual([]);
    await close();
  });

  test("both figures add up: in the list, over the map, in the sentence and on the clock", async () => {
    for (const fragment of [fridayNight, "#/hotspots?from=2021-10-02&to=2021-11-26"]) {
      const { page, close } = await openTable({ fragment });
      await showAll(page);
      const counted = await column(page, 3);
      const shared = await column(page, 4);
      const badge = await numberIn(page, "shared-count");
      expect(sum(counted)).toBe(await countOf(page));
      expect(sum(counted)).toBe(Number((await sentenceOf(page)).split(" ")[0]));
      expect(sum(shared)).toBeCloseTo(badge, 6);
      expect(await page.getByTestId("list-total").innerText()).toBe(
        `${counted.length} places: ${sum(counted)} reports, ${badge.toFixed(1)} after spreading uncertain times`,
      );
      if (fragment === fridayNight) expect(await chosenOnClock(page)).toBeCloseTo(badge, 6);
      await page.getByText("How this is calculated").first().click();
      const words = await page.locator(".worked-out").innerText();
      expect(words).toContain(`${sum(counted)} reports: each counts once`);
      expect(words).toContain(`${badge.toFixed(1)} after spreading uncertain times`);
      await close();
    }
  });

  test("two boroughs add up to both together", async () => {
    const totalOf = async (area: string) => {
      const { page, close } = await openTable({
        fragment: `#/hotspots?from=2021-10-02&to=2021-11-26${area}`,
      });
      const total = await countOf(page);
      await close();
      return total;
    };
    const [enfield, haringey, both] = [
      await totalOf("&area=Enfield"),
      await totalOf("&area=Haringey"),
      await totalOf(""),
    ];
    expect(enfield + haringey).toBe(both);
    expect(await totalOf("&res=10")).toBe(both);
  });

  test("the legend speaks plainly and tells a few Friday nights apart", async () => {
    const { page, close } = await openTable({
      fragment: fridayNight.replace("2021-10-02", "2021-06-05"),
    });
    const legend = await page.locator(".legend").innerText();
    expect(legend).not.toMatch(/Gi\*|q at most|[\d,]+ cells|boxster-/);
    expect(legend).toContain("Enfield and Haringey");
    await page.getByText("Statistically significant (how this is tested)").click();
    expect(await page.locator(".legend__test").innerText()).toMatch(
      /Exact binomial test of each cell, alone and with its neighbours, against an even spread/,
    );
    const shares = await column(page, 4);
    const bounds = boundsIn(legend);
    expect(bounds).toHaveLength(5);
    const classes = shares.map((share) => bounds.filter((bound) => share >= bound).length);
    expect(new Set(classes.filter((each) => each > 0)).size).toBeGreaterThanOrEqual(3);
    await page.getByRole("button", { name: "One week back" }).click();
    await expect.poll(() => page.url()).toContain("to=2021-11-19");
    expect(boundsIn(await page.locator(".legend").innerText())).toEqual(bounds);
    await page.getByText("How this is calculated").first().click();
    expect(await page.locator(".worked-out").innerText()).toMatch(
      /even spread of \d+ events over 1,?252 cells/,
    );
    await close();
  });

  test("until its first frame the map says that it is being drawn", async () => {
    const { page, close } = await browser.visit({
      map: true,
      server: server.url,
      role: "sergeant",
      width: 768,
      height: 1024,
    });
    await page.route("**/api/events", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue();
    });
    await page.reload();
    const words = page.getByText("Drawing the map");
    await words.waitFor();
    await page.locator(".map-view__canvas").waitFor();
    // Records are there, the first frame is not.
    const isDrawn = page.locator(".map-view__canvas[data-drawn]");
    expect((await isDrawn.count()) === 1 || (await words.isVisible())).toBe(true);
    await isDrawn.waitFor();
    await words.waitFor({ state: "detached" });
    await close();
  });

  test("on a tablet the sources of the map are behind a button that the sheet leaves free", async () => {
    const { page, close } = await openHotspots({ map: true, width: 768, height: 1024 });
    expect(await page.locator(".map-view__licence").isVisible()).toBe(false);
    await page.locator(".map-view__sources summary").click();
    await page
      .locator(".map-view__sources")
      .getByText(/Crown copyright.+GeoNames/)
      .waitFor();
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".map-view__licence").isVisible()).toBe(true);
    await close();
  });

  test("the address holds the view: a colleague who opens it sees the same", async () => {
    const mine = await openTable();
    await mine.page.getByRole("radio", { name: "Significance" }).check();
    await mine.page.getByRole("button", { name: "One week back" }).click();
    await expect.poll(() => mine.page.url()).toContain("measure=hot");
    await expect.poll(() => mine.page.url()).toContain("to=2021-11-19");
    const sentence = await sentenceOf(mine.page);
    const theirs = await openTable({ fragment: new URL(mine.page.url()).hash });
    expect(await sentenceOf(theirs.page)).toBe(sentence);
    await mine.close();
    await theirs.close();
  });

  test("the list is taken away as a file once the log has noted it, and not when it cannot", async () => {
    const { page, close } = await openTable({ fragment: fridayNight });
    await page.getByRole("button", { name: "Print, or take away as a file" }).click();
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
    await page.getByRole("button", { name: "Print, or take away as a file" }).click();
    await page.getByRole("button", { name: "Map areas (GeoJSON)" }).click();
    await page.locator(".hotspots__files .error-note").waitFor();
    expect(files).toBe(0);
    await close();
  });

  test("a row and its cell on the map are one choice, which Escape lets go", async () => {
    const { page, close } = await openTable();
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
    await close();
  });

  test("a click on the map chooses a place and marks its row", async () => {
    const { page, close } = await openHotspots({
      map: true,
      fragment: "#/hotspots?from=2021-10-02&to=2021-11-26&at=-0.0635,51.6170,14.0",
    });
    await page.locator(".map-view__canvas[data-drawn]").waitFor();
    const box = await page.locator(".map-view__canvas").boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 250);
    await page.getByRole("region", { name: "Chosen place" }).waitFor();
    expect(await page.locator('tr[aria-selected="true"]').count()).toBe(1);
    await close();
  });

  test("dragging the brush changes the dates within the move, in whole weeks", async () => {
    const { page, close } = await openTable();
    const before = await countOf(page);
    const plot = await page.locator(".histogram__plot").boundingBox();
    if (!plot) throw new Error("no histogram");
    await page.mouse.move(plot.x + plot.width * 0.3, plot.y + 40);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 40, { steps: 8 });
    const during = await page.locator(".player__dates").innerText();
    await page.mouse.up();
    expect(during).not.toContain("26 Nov 2021");
    expect(await countOf(page)).not.toBe(before);
    await expect.poll(() => page.url()).not.toContain("to=2021-11-26");
    const { from, to } = datesOf(page);
    expect([weekday(from), weekday(to)]).toEqual([1, 0]);
    await page.getByRole("button", { name: "Undo: change dates" }).click();
    await expect.poll(() => countOf(page)).toBe(before);
    await close();
  });

  test("the keyboard moves brush and clock, and Escape shows the whole week again", async () => {
    const { page, close } = await openTable();
    const all = await countOf(page);
    await page.getByRole("slider", { name: "First date" }).focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => page.url()).toContain("from=2021-10-09");
    const shorter = await countOf(page);
    expect(shorter).toBeLessThan(all);
    await page.locator('[data-square="4 16"]').focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    await expect.poll(() => page.url()).toContain("days=fri,sat&hours=22-01");
    const nights = await countOf(page);
    expect(nights).toBeLessThan(shorter);
    expect(nights).toBeGreaterThan(0);
    await page.keyboard.press("Escape");
    await expect.poll(() => countOf(page)).toBe(shorter);
    await close();
  });

  test("police finds stand beside the reports and never change their count or order", async () => {
    const { page, close } = await openTable();
    const count = await countOf(page);
    const order = await placesOf(page);
    await page.getByRole("checkbox", { name: "Stop and search" }).check();
    await page.getByRole("checkbox", { name: "Arrests" }).check();
    await page.getByText(/beside \d+ police records/).waitFor();
    expect(await countOf(page)).toBe(count);
    expect(await placesOf(page)).toEqual(order);
    await close();
  });

  test("ranked by the test, with police finds beside, no column is cut off", async () => {
    const { page, close } = await openTable({
      fragment: `${fridayNight}&measure=hot&discovered=arrest,stop_search`,
    });
    const heads = page.locator(".hotspots__table thead th");
    expect(await heads.allInnerTexts()).toEqual(["#", "Place", "Reports", "Chance", "Police"]);
    const beyond = await page
      .locator(".hotspots__table")
      .evaluate((table) => table.scrollWidth - table.clientWidth);
    expect(beyond).toBeLessThanOrEqual(0);
    await close();
  });

  test("keep-clear time is named in the legend for a sergeant and unknown to an analyst", async () => {
    const sergeant = await openHotspots({ map: true });
    await sergeant.page.getByText(/^Keep clear: outreach and other protected time/).waitFor();
    const analyst = await openHotspots({ map: true, role: "analyst" });
    await analyst.page.locator(".map-view__canvas[data-drawn]").waitFor();
    expect(await analyst.page.getByText(/keep clear/i).count()).toBe(0);
    await sergeant.close();
    await analyst.close();
  });

  test("places that are kept clear in the chosen hours carry the hatch in the table too", async () => {
    const { page, close } = await openTable();
    const kept = () => page.getByRole("row", { name: /Keep clear: / }).count();
    await expect.poll(kept).toBeGreaterThan(0);
    await page.getByRole("checkbox", { name: "Keep clear" }).uncheck();
    expect(await kept()).toBe(0);
    await close();
  });

  test("a keep-clear hatch that cannot be loaded is said, not left out", async () => {
    const { page, close } = await openTable();
    await page.route("**/api/keep-clear*", (route) => route.abort());
    await page.reload();
    await page.getByText("Keep-clear time could not be loaded").waitFor();
    await page.unroute("**/api/keep-clear*");
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByText(/^Keep clear: outreach and other protected time/).waitFor();
    await close();
  });

  test("records that cannot be loaded leave the frame standing, with a way to try again", async () => {
    const { page, close } = await browser.visit({ server: server.url, role: "sergeant" });
    await page.route("**/api/events", (route) => route.abort());
    await page.reload();
    await page.getByText("No answer from the server").waitFor();
    expect(await page.getByRole("navigation", { name: "Screens" }).isVisible()).toBe(true);
    await page.unroute("**/api/events");
    await page.getByRole("button", { name: "Retry" }).click();
    await page.getByTestId("filtered-count").waitFor();
    await close();
  });

  test("without WebGL the table takes the map's place and everything else works", async () => {
    const { page, problems, close } = await browser.visit({
      server: server.url,
      role: "sergeant",
    });
    await page.getByText(/cannot draw the map just now/).waitFor();
    await expect.poll(() => sentenceOf(page)).toMatch(/^[\d,]+ reports/);
    await page.getByRole("button", { name: "One week back" }).click();
    await expect.poll(() => page.url()).toContain("to=2021-11-19");
    expect(problems).toEqual([]);
    await close();
  });

  test("at 768 px the panel is a sheet with three heights, moved by key", async () => {
    const { page, close } = await openHotspots({ width: 768, height: 1024 });
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
    await close();
  });

  test("at 400 % zoom on a desk computer nothing is cut off sideways and filters still work", async () => {
    const { page, close } = await openTable({ width: 320, height: 256 });
    const { beyond, height } = await page.evaluate(() => {
      const { scrollWidth, clientWidth, scrollHeight } = document.documentElement;
      return { beyond: scrollWidth - clientWidth, height: scrollHeight };
    });
    expect(beyond).toBe(0);
    // The bar and one screen, not the length of a table that scrolls by itself.
    expect(height).toBeLessThan(1200);
    const all = await countOf(page);
    await page.getByText("Filters and clock").click();
    await page.getByRole("checkbox", { name: "Sightings" }).first().uncheck();
    await expect.poll(() => countOf(page)).toBeLessThan(all);
    await close();
  });

  test("at 390 px the screen says that it needs more width", async () => {
    const { page, close } = await browser.visit({
      server: server.url,
      role: "sergeant",
      fragment: "#/hotspots",
      touch: true,
      width: 390,
      height: 844,
    });
    await page.getByText("Hotspots needs a wider screen").waitFor();
    await close();
  });

  for (const theme of ["light", "dark"] as const) {
    test(`has no serious accessibility fault in the ${theme} theme`, async () => {
      const { page, close } = await openHotspots({ theme });
      await page.locator(".hotspots__table tbody tr").first().click();
      expect(await seriousViolations(page)).toEqual([]);
      await close();
    });
  }
});

/**
 * Opens the screen and waits for the first tested picture. Drawing maps in software is slow, so
 * what is not about the map is tested without.
 */
async function openTable(options: Partial<VisitOptions> = {}) {
  const visit = await openHotspots({ ...options });
  await visit.page.getByText(/cannot draw the map just now/).waitFor();
  return visit;
}

async function openHotspots(options: Partial<VisitOptions> = {}) {
  const visit = await browser.visit({ server: server.url, role: "sergeant", ...options });
  await visit.page.locator(".hotspots__table tbody tr").first().waitFor();
  return visit;
}

function sentenceOf(page: Page): Promise<string> {
  return page.locator(".hotspots__sentence").innerText();
}

async function countOf(page: Page): Promise<number> {
  const text = await page.getByTestId("filtered-count").innerText();
  return Number(text.split(" ")[0]?.replace(",", ""));
}

const fridayNight = "#/hotspots?from=2021-10-02&to=2021-11-26&days=fri&hours=20-02";

/** Lower bounds of the classes. */
function boundsIn(legend: string): number[] {
  return [...legend.matchAll(/^([\d.]+) (?:to|and)/gm)].map((match) => Number(match[1]));
}

/** Every row of the list, not only the first page of it. */
async function showAll(page: Page): Promise<void> {
  const more = page.getByRole("button", { name: /^Show more of / });
  while ((await more.count()) > 0) await more.click();
}

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

function datesOf(page: Page): { from: string; to: string } {
  const params = new URLSearchParams(new URL(page.url()).hash.split("?")[1]);
  return { from: params.get("from") ?? "", to: params.get("to") ?? "" };
}

/** Sunday is 0. */
function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
