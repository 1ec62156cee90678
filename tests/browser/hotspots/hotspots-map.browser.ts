import { beforeAll, describe, expect, test } from "vitest";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { chunk, kiloBytes } from "#tests/browser/app/built-page.ts";
import { refusedOn, watchPolicy } from "#tests/browser/app/policy-support.ts";
import { desks, seen, settled, unreachable } from "#tests/browser/app/reach.ts";
import { demoWith } from "#tests/browser/demo-with.ts";
import {
  type Locator,
  openBrowser,
  type Page,
  seriousViolations,
  type Visit,
} from "#tests/browser/driver.ts";
import { goAround, ground, middleOfMap, startDrawing } from "#tests/browser/hotspots/draw-steps.ts";
import { countOn, legendOn, paramOn, tabTo } from "#tests/browser/hotspots/hotspots-support.ts";
import { isWhole } from "#tests/support/runs.ts";

/** One drawn map of one sergeant, each test a step on it: to draw maps in software is slow. */
const { browser } = demoWith(openBrowser);
let visit: Visit;
let page: Page;
let canvas: Locator;
let drawn: Locator;

beforeAll(async () => {
  // Whoever had the page before may have asked for more code.
  const tablet = { width: 768, height: 1024 };
  visit = await browser.visit({ map: true, fresh: true, ...tablet });
  page = visit.page;
  await watchPolicy(page);
  const entered = await page.request.post("/api/session", { data: { role: "sergeant" } });
  expect(entered.ok()).toBe(true);
  // A page of its own: an address behind the hash alone would only move the one that is open.
  await page.goto("about:blank");
  canvas = page.locator(".map-view__canvas");
  drawn = page.locator(".map-view__canvas[data-drawn]");
});

/** Maps are drawn in software here. */
const drawing = { timeout: 60_000 };
const eightWeeks = "from=2021-10-02&to=2021-11-26";
/** What may be sent, gzipped, in kB: see app/page-weight.browser.ts. */
const mostInAll = 1100;
const press = (name: string | RegExp) => page.getByRole("button", { name }).click();

const focused = (one: Locator) => one.evaluate((element) => element === document.activeElement);

/** As somebody who pastes a link into the open page. */
async function paste(hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, hash);
}

describe("the map of hotspots", () => {
  test("until its first frame it says that it is being drawn; its code comes beside the records, weighs no more than it may, and keeps the policy", async () => {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((done) => {
      goOn = done;
    });
    await page.route("**/api/events?*", async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`/#/hotspots?${eightWeeks}&at=-0.0635,51.6170,14.0`);
    const words = page.getByText("Drawing the map");
    await words.waitFor();
    goOn();
    await canvas.waitFor();
    // Records are there, the first frame is not.
    // In one look: between two of them it may come.
    const seen = await page.evaluate(() => [
      document.querySelector(".map-view__canvas[data-shown]") !== null,
      document.body.innerText.includes("Drawing the map"),
    ]);
    expect(seen).toContain(true);
    await drawn.waitFor();
    await words.waitFor({ state: "detached" });

    const asked = await page.evaluate(() =>
      performance.getEntriesByType("resource").map((entry) => {
        const { name, startTime, responseEnd } = entry as PerformanceResourceTiming;
        return { path: new URL(name).pathname, startTime, responseEnd };
      }),
    );
    const scripts = asked
      .map(({ path }) => path)
      .filter((path) => /\/assets\/.+\.m?js$/.test(path))
      .map((path) => path.slice("/assets/".length));
    expect(scripts).toContain(chunk("MapView"));
    expect(kiloBytes(...scripts)).toBeLessThan(mostInAll);
    const code = asked.find(({ path }) => path.includes("/HotspotsMap"));
    const records = asked.find(({ path }) => path.includes("/api/events"));
    expect(code?.startTime).toBeLessThan(records?.responseEnd ?? 0);
    // The worker comes from its file.
    expect(await refusedOn(page)).toEqual([]);
  });

  test("a drawn map of hotspots, wide and on a tablet: the raised sheet shows what it is about, and all of it can be reached", async () => {
    // On a tablet its sources are behind a button that the sheet leaves free.
    expect(await page.locator(".map-view__licence").isVisible()).toBe(false);
    await page.locator(".map-view__sources summary").click();
    await page
      .locator(".map-view__sources")
      .getByText(/Crown copyright.+GeoNames/)
      .waitFor();
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".map-view__licence").isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
    await page.locator(".map-view__sources summary").click();

    const rows = ".hotspots__table tbody tr";
    await expect.poll(() => seen(page, rows)).toBeGreaterThanOrEqual(3);
    const grip = page.locator(".sheet__grip");
    await grip.press("ArrowUp");
    await page.locator(".sheet--full").waitFor();
    await expect.poll(() => seen(page, rows)).toBeGreaterThanOrEqual(10);
    await page.getByText("Filters and clock").click();
    expect(await unreachable(page, [rows])).toEqual([]);
    await page.getByText("Filters and clock").click();
    await grip.press("ArrowDown");
    for (const [width, height] of isWhole ? desks : desks.slice(0, 1)) {
      await page.setViewportSize({ width, height });
      await settled(page);
      expect(await unreachable(page, [rows]), `${width} x ${height}`).toEqual([]);
    }
    // For the tests that follow.
    await page.setViewportSize({ width: 1100, height: 640 });
    await drawn.waitFor();
  });

  test("a cross shows what Enter would choose", async () => {
    const cross = page.locator(".map-view__cross");
    expect(await cross.isVisible()).toBe(false);
    await tabTo(page, canvas.locator("canvas"));
    expect(await cross.isVisible()).toBe(true);
    const [mark, map] = [await cross.boundingBox(), await page.locator(".map-view").boundingBox()];
    const middle = (box: typeof mark) => (box?.x ?? 0) + (box?.width ?? 0) / 2;
    expect(Math.abs(middle(mark) - middle(map))).toBeLessThan(1);
    await page.keyboard.press("Enter");
    await page.getByRole("region", { name: "Chosen place" }).waitFor();
    const first = paramOn(page, "cell");
    await page.keyboard.press("ArrowRight");
    await expect.poll(() => paramOn(page, "at")).not.toMatch(/^-0\.0635/);
    await page.keyboard.press("Enter");
    await expect.poll(() => paramOn(page, "cell")).not.toBe(first);
    await page.keyboard.press("Escape");
    await page.getByRole("region", { name: "Chosen place" }).waitFor({ state: "detached" });
  });

  test("a row that is pressed takes the map there; its story lies over the list until Back", async () => {
    const row = page.locator(".hotspots__table tbody tr").nth(1);
    const name = await row.locator(".place-name").innerText();
    await row.press("Enter");
    const story = page.getByRole("region", { name: "Chosen place" });
    await story.getByRole("heading", { name }).waitFor();
    // The address follows the screen, the map the address.
    const isThere = () => {
      const [lng, lat] = cellCentre(paramOn(page, "cell") as H3Cell);
      return paramOn(page, "at") === `${lng.toFixed(4)},${lat.toFixed(4)},14.0`;
    };
    await expect.poll(isThere).toBe(true);
    expect(await row.isVisible()).toBe(false);
    expect(await focused(story.getByRole("button", { name: "Back to the list" }))).toBe(true);
    await page.keyboard.press("Enter");
    await story.waitFor({ state: "detached" });
    expect(await row.isVisible()).toBe(true);
    expect(await focused(row)).toBe(true);
    // By a click too, which marks its row.
    const box = await canvas.boundingBox();
    await page.mouse.click(
      (box?.x ?? 0) + (box?.width ?? 0) / 2,
      (box?.y ?? 0) + (box?.height ?? 0) / 2,
    );
    await page.getByRole("region", { name: "Chosen place" }).waitFor();
    expect(await page.locator('tr[aria-selected="true"]').count()).toBe(1);
  });

  test("a link that is pasted is a step, and its place is gone to", async () => {
    const before = paramOn(page, "at");
    await paste("#/hotspots?from=2021-09-06&to=2021-10-03&area=Haringey&at=-0.1000,51.5900,12.0");
    await expect
      .poll(() => page.getByRole("combobox", { name: "Area" }).inputValue())
      .toBe("Haringey");
    await press("Zoom in");
    await expect.poll(() => paramOn(page, "at")).toMatch(/^-0\.1000,51\.5900,13\.0/);
    await press("Undo: open a link");
    await expect.poll(() => paramOn(page, "at")).toBe(before);
    expect(paramOn(page, "from")).toBe("2021-10-02");
  });

  test.runIf(isWhole)(
    "two periods, then two kinds, stand beside each other on two maps that say which is which",
    async () => {
      await paste(`#/hotspots?${eightWeeks}&measure=change&baseline=year`);
      await page.getByRole("radio", { name: "Side by side" }).check();
      await page.getByText("Before: 3 Oct to 27 Nov 2020").waitFor();
      await page.getByText("Now: 2 Oct to 26 Nov 2021").waitFor();
      await expect.poll(() => drawn.count(), drawing).toBe(2);
      await expect.poll(() => page.url()).toContain("compare=side");
      expect(await page.locator(".legend").count()).toBe(1);
      // A4, where the sources take four lines.
      await page.setViewportSize({ width: 794, height: 1123 });
      await page.emulateMedia({ media: "print" });
      for (const words of ["Before: 3 Oct to 27 Nov 2020", "Now: 2 Oct to 26 Nov 2021"]) {
        const caption = await page.getByText(words, { exact: true }).boundingBox();
        const sources = await page.locator(".map-view__licence").last().boundingBox();
        expect((caption?.y ?? 1e6) + (caption?.height ?? 0), words).toBeLessThan(sources?.y ?? 0);
      }
      await page.emulateMedia({ media: "screen" });
      await page.setViewportSize({ width: 1100, height: 640 });
      await page.getByRole("radio", { name: "As change" }).check();
      await expect.poll(() => canvas.count()).toBe(1);

      await page.getByRole("radio", { name: "Count" }).check();
      await page.getByRole("radio", { name: "Two maps" }).check();
      await page.getByText("Complaints: 179").waitFor();
      await page.getByText("Sightings: 97").waitFor();
      await expect.poll(() => drawn.count(), drawing).toBe(2);
      await page.getByRole("radio", { name: "Cells" }).check();
      await expect.poll(() => canvas.count()).toBe(1);
    },
  );

  test("a graphics context that is lost leaves table and words, and the map comes back when asked", async () => {
    await drawn.waitFor();
    const count = await countOn(page);
    await page.evaluate(() => {
      const lost = document.querySelector<HTMLCanvasElement>(".map-view__canvas canvas");
      lost?.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext();
    });
    await page.getByText(/cannot draw the map/).waitFor();
    expect(await page.locator(".hotspots__table").count()).toBe(1);
    expect(await countOn(page)).toBe(count);
    await press("One week back");
    await expect.poll(() => countOn(page)).not.toBe(count);
    await press("Try the map again");
    await drawn.waitFor();
    expect(await page.getByText(/cannot draw the map/).count()).toBe(0);
    expect(await page.locator(".hotspots__table").count()).toBe(1);
  });
});

describe("an area is drawn as study area", () => {
  let all = 0;
  beforeAll(async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    const count = page.getByTestId("filtered-count");
    const before = (await count.textContent()) ?? "";
    await paste("#/hotspots?from=2021-06-01&to=2021-11-26&res=10&at=-0.0640,51.6170,13.5");
    await count.filter({ hasNotText: before }).waitFor();
    await drawn.waitFor();
    all = await countOn(page);
  });

  test("a click before all is ready to draw neither moves the map nor chooses a cell", async () => {
    let goOn: () => void = () => undefined;
    const held = new Promise<void>((done) => {
      goOn = done;
    });
    await page.route("**/DrawArea-*.js", async (route) => {
      await held;
      await route.continue();
    });
    await press("Draw an area");
    await page.getByText("Getting ready to draw").waitFor();
    const { x, y } = await middleOfMap(page);
    const before = page.url();
    await page.mouse.click(x, y);
    goOn();
    await ground(page).waitFor();
    await page.getByText("0 points").waitFor();
    expect(page.url()).toBe(before);
    expect(await page.getByRole("region", { name: "Chosen place" }).count()).toBe(0);
    await page.keyboard.press("Escape");
    await ground(page).waitFor({ state: "detached" });
  });

  test("by hand in one go: it is tested by itself, says so, and is one step to undo", async () => {
    expect(await legendOn(page)).toContain("Enfield and Haringey");
    await startDrawing(page);
    await goAround(page, 110);
    await page.getByText(/^Tested within this area only/).waitFor();
    const inside = await countOn(page);
    expect(inside).toBeGreaterThan(0);
    expect(inside).toBeLessThan(all);
    const legend = await legendOn(page);
    expect(legend).toMatch(/Drawn area around .+Statistically significant \(how this is tested\)/s);
    await expect.poll(() => page.url()).toContain("area=drawn:");
    await page.getByText("How this is calculated").first().click();
    expect(await page.locator(".worked-out").innerText()).toMatch(/cells of Drawn area around/);
    expect(await seriousViolations(page)).toEqual([]);
    await undoArea(all);
  });

  test("by clicks on its corners, closed on the first; by the keys alone, and Escape leaves without a change", async () => {
    await startDrawing(page);
    const { x, y } = await middleOfMap(page);
    for (const [right, down] of [
      [-60, -30],
      [90, -40],
      [60, 90],
      [-58, -28],
    ] as const) {
      await page.mouse.click(x + right, y + down);
    }
    await expect.poll(() => page.url()).toContain("area=drawn:");
    await undoArea(all);

    await page.getByRole("button", { name: "Draw an area" }).focus();
    await page.keyboard.press("Enter");
    await expect
      .poll(() => ground(page).evaluate((one) => one === document.activeElement))
      .toBe(true);
    await page.keyboard.press("Space");
    await page.keyboard.press("Escape");
    await ground(page).waitFor({ state: "detached" });
    expect(await countOn(page)).toBe(all);

    await startDrawing(page);
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Space");
    await page.keyboard.press("Shift+ArrowDown");
    await page.keyboard.press("Space");
    await page.keyboard.press("Space");
    await page.getByText("4 points").waitFor();
    await page.keyboard.press("Backspace");
    await page.getByText("3 points").waitFor();
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toContain("area=drawn:");
    await expect.poll(() => countOn(page)).toBeLessThan(all);
    expect(visit.problems).toEqual([]);
  });
});

async function undoArea(all: number): Promise<void> {
  await page.getByRole("button", { name: "Undo: change area" }).click();
  await expect.poll(() => countOn(page)).toBe(all);
  await expect.poll(() => page.url()).not.toContain("area=");
}

test("the map goes along to the next screen and back, with the records of the screen on it", async () => {
  const at = `#/hotspots?${eightWeeks}&at=-0.0635,51.6170,14.0`;
  await paste(at);
  await drawn.waitFor(drawing);
  const own = page.locator(".maplibregl-canvas");
  await own.evaluate((element) => element.setAttribute("data-moves", "along"));
  for (const name of ["Plan", "Hotspots"]) {
    await page.getByRole("link", { name }).click();
    await page.getByRole("heading", { level: 1, name }).waitFor();
    await drawn.waitFor(drawing);
    expect(await own.getAttribute("data-moves")).toBe("along");
  }
  expect(paramOn(page, "at")).toBe("-0.0635,51.6170,14.0");
  // Its records are on it again: what lies under the middle can be chosen.
  await own.click();
  await page.getByRole("button", { name: "Back to the list" }).waitFor();
  expect(visit.problems).toEqual([]);
});
