import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type VisitOptions,
} from "#tests/browser/driver.ts";
import { countOn, openHotspotsTable, paramOn } from "#tests/browser/hotspots/hotspots-support.ts";
import { withPlaces } from "#tests/browser/places/geo-support.ts";
import { isWhole, partOf } from "#tests/support/runs.ts";

const { server, browser } = demoWith(openBrowser);

const openTable = (options: Partial<VisitOptions> = {}) =>
  openHotspotsTable(browser, server.url, options);
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
const fridayNight = "#/hotspots?from=2021-10-02&to=2021-11-26&days=fri&hours=20-02";
const againstTheYearBefore =
  "#/hotspots?from=2021-08-01&to=2021-11-26&measure=change&baseline=2020-08-01_2021-07-31";

describe("a sergeant looks for hotspots", () => {
  test("dragging the brush changes the dates within the move, in whole weeks; the link to that is copied", async () => {
    const { page, close } = await openTable();
    const before = await countOn(page);
    const plot = await page.locator(".histogram__plot").boundingBox();
    if (!plot) throw new Error("no histogram");
    await page.mouse.move(plot.x + plot.width * 0.3, plot.y + 40);
    await page.mouse.down();
    await page.mouse.move(plot.x + plot.width * 0.5, plot.y + 40, { steps: 8 });
    const during = await page.locator(".player__dates").innerText();
    await page.mouse.up();
    expect(during).not.toContain("26 Nov 2021");
    expect(await countOn(page)).not.toBe(before);
    await expect.poll(() => page.url()).not.toContain("to=2021-11-26");
    expect([weekday(paramOn(page, "from")), weekday(paramOn(page, "to"))]).toEqual([1, 0]);

    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    // Copied before the address has it.
    await page.getByRole("radio", { name: "850 m" }).check();
    await press(page, "Saved views and link");
    await press(page, "Copy a link to this view");
    await page.getByText("Link copied").waitFor();
    // To read what was copied is forbidden to this page; where nothing can be copied, it shows the link.
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: undefined, configurable: true });
    });
    await press(page, "Copy a link to this view");
    const link = await page.getByLabel(/Select the link and copy it/).inputValue();
    expect(link).toContain("res=8");
    expect(link).toContain(`to=${paramOn(page, "to")}`);
    await page.keyboard.press("Escape");
    // As the browser had it: the page is visited again.
    await page.evaluate(() => Reflect.deleteProperty(navigator, "clipboard"));
    await page.context().clearPermissions();
    await press(page, /^Undo: /);
    await press(page, "Undo: change dates");
    await expect.poll(() => countOn(page)).toBe(before);

    // Ranked by the test, with police finds beside, no column is cut off.
    await page.goto(`/${fridayNight}&measure=hot&discovered=arrest,stop_search`);
    const heads = page.locator(".hotspots__table thead th");
    const columns = ["#", "Place", "Reports", "Chance", "Police", "Busiest hours"];
    await expect.poll(() => heads.allInnerTexts()).toEqual(columns);
    const beyond = await page
      .locator(".hotspots__table")
      .evaluate((table) => table.scrollWidth - table.clientWidth);
    expect(beyond).toBeLessThanOrEqual(0);
    await close();
  });

  test("at 400% zoom nothing is cut off sideways: filters, menus, undo and saved views work", async () => {
    const { page, close } = await openTable({ width: 320, height: 256 });
    const beyond = () => page.evaluate(beyondWindow);
    expect(await beyond()).toEqual({ sideways: 0, left: 0, right: 0 });
    // The bar and one screen, not the length of a table that scrolls by itself.
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(1200);
    const all = await countOn(page);
    await page.getByText("Filters and clock").click();
    await page.getByRole("checkbox", { name: "Sightings" }).first().uncheck();
    await expect.poll(() => countOn(page)).toBeLessThan(all);
    for (const name of ["Saved views and link", "Print or download", /^Period: /]) {
      await press(page, name);
      await page.locator(".popover__panel").waitFor();
      expect(await beyond(), String(name)).toEqual({ sideways: 0, left: 0, right: 0 });
      await page.keyboard.press("Escape");
    }
    await saveView(page, "Small");
    const before = await countOn(page);
    await press(page, "One week back");
    await expect.poll(() => countOn(page)).not.toBe(before);
    await press(page, "Undo: change dates");
    await expect.poll(() => countOn(page)).toBe(before);
    expect(await beyond()).toMatchObject({ sideways: 0 });
    await close();
  });
});

test.runIf(isWhole)(
  "a place with its story, a change with its help, and the menus have no serious fault of access, light or dark",
  async () => {
    const { page, problems, close } = await openTable({ height: 1200 });
    let turn = 0;
    // In `npm test` in one of them by turns.
    const sound = async () => {
      turn += 1;
      for (const colorScheme of partOf(["light", "dark"] as const, 2, turn)) {
        await page.emulateMedia({ colorScheme });
        expect(await seriousViolations(page), colorScheme).toEqual([]);
      }
    };
    const first = page.locator(".hotspots__table tbody tr").first();
    await first.click();
    await page.getByText(/^Over time: (?!calculating)/).waitFor();
    const story = page.getByRole("region", { name: "Chosen place" });
    await story.getByText("How this is calculated").click();
    await sound();

    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, againstTheYearBefore);
    await page.locator(".hotspots__table .finding-mark").first().waitFor();
    await page.getByText("What this shows", { exact: true }).click();
    await first.click();
    await saveView(page, "Against last year");
    await press(page, "Saved views and link");
    await press(page, 'Change "Against last year"');
    await sound();

    await press(page, 'Remove "Against last year"');
    await page.keyboard.press("Escape");
    await press(page, "Print or download");
    await sound();
    expect(problems).toEqual([]);
    await close();
  },
);

test.runIf(isWhole)("place factors beside each other have no serious fault of access", async () => {
  const { page, problems, close } = await openTable({
    role: "analyst",
    fragment: "#/hotspots?from=2021-06-01&to=2021-11-26&res=10",
    height: 1200,
  });
  await withPlaces(page);
  await page.getByText("Place factors at hotspots and at other places").click();
  await page.locator(".factor-table__table").waitFor();
  expect(await seriousViolations(page)).toEqual([]);
  expect(problems).toEqual([]);
  await close();
});

async function saveView(page: Page, name: string): Promise<void> {
  await press(page, "Saved views and link");
  await page.getByLabel("Name this view").fill(name);
  await page.getByRole("button", { name: "Save view", exact: true }).click();
  await page.getByText(`Saved: ${name}`).waitFor();
}

/** How far the page, or a panel that is open, lies outside of the window. */
function beyondWindow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  const panel = document.querySelector(".popover__panel")?.getBoundingClientRect();
  return {
    sideways: scrollWidth - clientWidth,
    left: Math.min(0, panel?.left ?? 0),
    right: Math.max(0, (panel?.right ?? 0) - clientWidth),
  };
}

/** Sunday is 0. */
function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
