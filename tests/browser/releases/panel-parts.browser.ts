import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page } from "#tests/browser/driver.ts";
import { showRelease, visitRelease } from "#tests/browser/releases/panel-support.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

/** Slides in parts: what is in sight in each, compared with the rows that the release has. */
const { browser } = demoWith(openBrowser);

const groups = ["outreach", "diversion", "enforcement"] as const;
/** 42 totals, as a year of a busy team leaves them. */
const done = Array.from({ length: 42 }, (_, at) => ({
  group: groups[at % 3] ?? "outreach",
  measure: `measure_${at}`,
  label: `Total of kind ${at + 1}`,
  from: "2021-08-01",
  to: "2021-11-26",
  count: at % 5 === 0 ? null : 10 + 5 * at,
}));
const reply = sampleRelease({ done });
const patiently = { timeout: 20_000 };

/** The rows that a hall can read now: whole within the slide and the window, and on top where a finger would point. */
const inSight = (page: Page, rows: string) =>
  page.locator(`.panel__slide ${rows}`).evaluateAll((elements) => {
    const frame = document.querySelector(".panel__slide")?.getBoundingClientRect();
    return elements
      .filter((element) => {
        const { left, right, top, bottom, width, height } = element.getBoundingClientRect();
        if (!frame || height < 8 || width < 8) return false;
        const isWhole =
          left >= frame.left - 1 &&
          right <= frame.right + 1 &&
          top >= frame.top - 1 &&
          bottom <= frame.bottom + 1 &&
          bottom <= innerHeight &&
          right <= innerWidth;
        const found = document.elementFromPoint(left + 4, top + height / 2);
        return isWhole && found !== null && (element.contains(found) || found.contains(element));
      })
      .map((element) => element.textContent);
  });

const counter = (page: Page) => page.locator(".panel__more span");
const partOfCounter = async (page: Page) =>
  (await counter(page).count()) === 0
    ? [1, 1]
    : ((await counter(page).textContent()) ?? "").match(/\d+/g)?.map(Number);

/** Every part by the given turn: what was in sight in each. */
async function allParts(page: Page, rows: string, turn: () => Promise<unknown>) {
  const seen: string[][] = [];
  const [, parts = 1] = (await partOfCounter(page)) ?? [];
  for (let part = 1; part <= parts; part += 1) {
    expect(await partOfCounter(page)).toEqual([part, parts]);
    seen.push(await inSight(page, rows));
    if (part < parts) {
      await turn();
      await expect.poll(async () => (await partOfCounter(page))?.[0], patiently).toBe(part + 1);
    }
  }
  return seen;
}

const allRows = (page: Page, rows: string) =>
  page.locator(`.panel__slide ${rows}`).evaluateAll((all) => all.map((one) => one.textContent));

test.each([
  ["1366 by 768", 1366, 768],
  ["1920 by 1080", 1920, 1080],
])(
  "at %s every row of a slide in parts comes into sight, enforcement in the first, by key and by click",
  async (_, width, height) => {
    const visit = await visitRelease(browser, reply, { width, height });
    const { page } = visit;
    await page.emulateMedia({ reducedMotion: "reduce" });
    for (const isFull of [false, true]) {
      await showRelease(page, "#/panel?slide=done", reply);
      await page.locator(".panel__slide--done").waitFor();
      if (isFull) {
        await page.keyboard.press("f");
        await expect
          .poll(() => page.evaluate(() => document.fullscreenElement !== null), patiently)
          .toBe(true);
      }
      await counter(page).waitFor();
      const turn = isFull
        ? () => page.keyboard.press("ArrowRight")
        : () => page.getByRole("button", { name: "Next part" }).click();
      const rows = await allRows(page, ".block--group dl > div");
      expect(rows).toHaveLength(42);
      const seen = await allParts(page, ".block--group dl > div", turn);
      expect(seen.flat().toSorted()).toEqual(rows.toSorted());
      for (const part of seen) expect(part.length).toBeLessThanOrEqual(10);
      const enforcement = done.filter(({ group }) => group === "enforcement");
      const isEnforcement = (row: string) =>
        enforcement.some(
          ({ label }) => row.startsWith(label) && !/\d/.test(row[label.length] ?? ""),
        );
      expect(seen[0]?.some(isEnforcement), JSON.stringify(seen[0])).toBe(true);
      // Back again, and on to the next slide after the last part.
      await page.keyboard.press("ArrowLeft");
      expect(await inSight(page, ".block--group dl > div")).toEqual(seen.at(-2));
      await page.keyboard.press("ArrowRight");
      await page.keyboard.press("ArrowRight");
      await page.locator(".panel__slide--helped").waitFor();
      if (isFull) await page.keyboard.press("f");
    }
    // The words of the first slide, and the areas of the table.
    for (const [slide, rows] of [
      ["reported", ".block"],
      ["list", ".panel-table tbody tr"],
    ] as const) {
      await showRelease(page, `#/panel?slide=${slide}`, reply);
      await page.locator(`.panel__slide--${slide}`).waitFor();
      const seen = await allParts(page, rows, () => page.keyboard.press("ArrowRight"));
      expect(new Set(seen.flat()), slide).toEqual(new Set(await allRows(page, rows)));
      for (const part of seen) expect(part.length).toBeLessThanOrEqual(10);
    }
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".panel__slide").isVisible()).toBe(false);
    expect(await page.locator(".handout-page").first().isVisible()).toBe(true);
    expect(visit.problems).toEqual([]);
    await visit.close();
  },
);

test("what the focus brings into sight is what the counter says", async () => {
  const visit = await visitRelease(browser, reply, {
    width: 1366,
    height: 620,
    fragment: "#/panel?slide=questions",
  });
  const { page } = visit;
  await counter(page).waitFor();
  const [, parts = 1] = (await partOfCounter(page)) ?? [];
  await page.locator(".block--questions button").last().focus();
  await expect.poll(async () => (await partOfCounter(page))?.[0], patiently).toBe(parts);
  await visit.close();
});

test("a drawing that fits without the row of parts, and not beside it, scrolls and stays", async () => {
  const visit = await visitRelease(browser, reply, { width: 1280, height: 800, fresh: true });
  const { page } = visit;
  for (const slide of ["where", "when"]) {
    await showRelease(page, `#/panel?slide=${slide}`, reply);
    await page.locator(`.panel__slide--${slide}`).waitFor(patiently);
    // The row is about 40 px: some of these heights are within it.
    for (let height = 800; height >= 420; height -= 12) {
      await page.setViewportSize({ width: 1280, height });
      await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
      );
      expect(await page.locator(`.panel__slide--${slide}`).count(), `${slide}, ${height} px`).toBe(
        1,
      );
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  }
  expect(visit.problems).toEqual([]);
  await visit.close();
});
