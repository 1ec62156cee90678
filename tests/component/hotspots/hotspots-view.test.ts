import { describe, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import {
  boundsIn,
  boundsOn,
  countOn,
  openHotspotsTable,
  paramOn,
} from "#tests/browser/hotspots/hotspots-support.ts";
import { openPages, type Page, type VisitOptions } from "#tests/component/driver.ts";
import { isWhole } from "#tests/support/runs.ts";

const { server, browser } = demoWith(openPages);
const openTable = (options: Partial<VisitOptions> = {}) =>
  openHotspotsTable(browser, server.url, options);
const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();

describe("steps are taken back and done again by name", () => {
  test("one by one, by button and by key, and the figures follow", async () => {
    const { page, problems } = await openTable();
    const counts = [await countOn(page)];
    await page.getByRole("checkbox", { name: "Sightings" }).first().uncheck();
    await expect.poll(() => countOn(page)).toBeLessThan(counts[0] ?? 0);
    counts.push(await countOn(page));
    await page.getByRole("combobox", { name: "Area" }).selectOption("Haringey");
    await expect.poll(() => countOn(page)).toBeLessThan(counts[1] ?? 0);
    counts.push(await countOn(page));
    await press(page, "One week back");
    await expect.poll(() => paramOn(page, "to")).toBe("2021-11-19");
    counts.push(await countOn(page));

    await press(page, "Undo: change dates");
    await expect.poll(() => countOn(page)).toBe(counts[2]);
    await page.keyboard.press("Control+z");
    await expect.poll(() => countOn(page)).toBe(counts[1]);
    await press(page, "Undo: choose sources");
    await expect.poll(() => countOn(page)).toBe(counts[0]);
    expect(await page.getByRole("button", { name: "Nothing to undo" }).isDisabled()).toBe(true);
    await page.getByText("Undone: choose sources").waitFor();

    await press(page, "Redo: choose sources");
    await expect.poll(() => countOn(page)).toBe(counts[1]);
    await page.keyboard.press("Control+Shift+Z");
    await expect.poll(() => countOn(page)).toBe(counts[2]);
    await page.keyboard.press("Control+y");
    await expect.poll(() => countOn(page)).toBe(counts[3]);
    await page.getByText("Redone: change dates").waitFor();
    expect(await page.getByRole("button", { name: "Nothing to redo" }).isDisabled()).toBe(true);
    await expect.poll(() => paramOn(page, "to")).toBe("2021-11-19");
    expect(paramOn(page, "area")).toBe("Haringey");
    expect(problems).toEqual([]);
  });

  test("filters outlast a visit to another screen, and a step is taken back on its own alone", async () => {
    const { page } = await openTable();
    await page.getByRole("combobox", { name: "Area" }).selectOption("Enfield");
    const count = await countOn(page);
    await page.getByRole("link", { name: "Plan" }).click();
    await expect.poll(() => page.url()).toContain("#/plan");
    await page.getByRole("link", { name: "Hotspots" }).click();
    await expect.poll(() => countOn(page)).toBe(count);
    expect(paramOn(page, "area")).toBe("Enfield");
    await page.getByRole("link", { name: "Plan" }).click();
    await expect.poll(() => page.url()).toContain("#/plan");
    await page.getByRole("button", { name: "Nothing to undo" }).waitFor();
    await page.getByRole("link", { name: "Hotspots" }).click();
    await press(page, "Undo: change area");
    await expect.poll(() => countOn(page)).toBeGreaterThan(count);
    await press(page, "Redo: change area");
    await expect.poll(() => countOn(page)).toBe(count);
  });
});

test("Friday and Saturday nights are one press, and one step to undo", async () => {
  const { page, problems } = await openTable();
  await press(page, "Fri, Sat nights");
  await expect.poll(() => paramOn(page, "days")).toBe("fri,sat");
  expect(paramOn(page, "hours")).toBe("22-04");
  await press(page, "Undo: change days and hours");
  await expect.poll(() => paramOn(page, "hours")).toBe("");
  expect(problems).toEqual([]);
});

describe("time is played and stepped through", () => {
  test("play moves week by week with the same colours, and is one step to undo", async () => {
    const { page, problems } = await openTable({
      fragment: "#/hotspots?from=2021-09-06&to=2021-10-03",
    });
    const bounds = await boundsOn(page);
    expect(bounds).toHaveLength(5);
    const before = await countOn(page);
    const frames = await framesOf(page);
    await press(page, "Play week by week");
    await expect.poll(async () => (await frames()).length).toBeGreaterThanOrEqual(3);
    await page.keyboard.press("Escape");
    // On a busy machine it may have gone on until the key came.
    const seen = (await frames()).slice(0, 3);
    expect(seen.map(({ from }) => from)).toEqual(["2021-09-13", "2021-09-20", "2021-09-27"]);
    expect(new Set(seen.map(({ dates }) => dates)).size).toBe(3);
    for (const { legend } of seen) expect(boundsIn(legend)).toEqual(bounds);
    await page.getByRole("button", { name: "Play week by week" }).waitFor();
    await press(page, "Undo: change dates");
    await expect.poll(() => countOn(page)).toBe(before);
    expect(await page.getByRole("button", { name: "Nothing to undo" }).isDisabled()).toBe(true);
    expect(problems).toEqual([]);
  });

  test.runIf(isWhole)(
    "play ends by itself at the last records, and begins again at the first",
    async () => {
      const { page } = await openTable({
        fragment: "#/hotspots?from=2021-10-16&to=2021-11-12",
      });
      await page.getByRole("combobox", { name: "Step" }).selectOption("By 4 weeks");
      await press(page, "Play four weeks at a time");
      await expect.poll(() => paramOn(page, "to")).toBe("2021-11-26");
      await page.getByRole("button", { name: "Play four weeks at a time" }).waitFor();
      expect(await page.getByRole("button", { name: "Four weeks on" }).isDisabled()).toBe(true);
      await press(page, "Play four weeks at a time");
      await expect.poll(() => paramOn(page, "from")).toMatch(/^2020-/);
      await press(page, "Pause");
    },
  );

  test.runIf(isWhole)("dates that somebody chooses during play end it and stay", async () => {
    const { page } = await openTable({
      fragment: "#/hotspots?from=2021-06-07&to=2021-07-04",
    });
    await press(page, "Play week by week");
    await expect.poll(() => paramOn(page, "from")).toBe("2021-06-14");
    await page.getByRole("slider", { name: "Last date" }).press("End");
    await page.getByRole("button", { name: "Play week by week" }).waitFor();
    await expect.poll(() => paramOn(page, "to")).toBe("2021-11-26");
    await page.waitForTimeout(1000);
    expect(paramOn(page, "to")).toBe("2021-11-26");
  });

  test("a day at a time steps by days; all records leave nothing to play, and that is said", async () => {
    const { page } = await openTable({
      fragment: "#/hotspots?from=2021-10-04&to=2021-10-10",
    });
    await page.getByRole("combobox", { name: "Step" }).selectOption("By the day");
    await press(page, "One day on");
    await expect.poll(() => paramOn(page, "from")).toBe("2021-10-05");
    await press(page, /^Period: /);
    await press(page, "All records");
    await page.getByText("Choose fewer days to play").waitFor();
    const play = page.getByRole("button", { name: /^Choose fewer days to play/ });
    expect(await play.isDisabled()).toBe(true);
  });
});

interface Frame {
  readonly from: string;
  readonly dates: string;
  readonly legend: string;
}

/** Notes in the page what each new address shows, so that a slow test misses none. */
async function framesOf(page: Page): Promise<() => Promise<readonly Frame[]>> {
  const kept = await page.evaluateHandle(() => {
    const frames: Frame[] = [];
    const textOf = (selector: string) => document.querySelector(selector)?.textContent ?? "";
    const addressOf = () => new URLSearchParams(location.hash.split("?")[1]).get("from") ?? "";
    const first = addressOf();
    const timer = setInterval(() => {
      if (!document.querySelector(".hotspots")) clearInterval(timer);
      const from = addressOf();
      if (from === (frames.at(-1)?.from ?? first)) return;
      frames.push({ from, dates: textOf(".player__dates"), legend: textOf(".legend") });
    }, 5);
    return frames;
  });
  return () => kept.jsonValue();
}
