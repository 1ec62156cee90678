import { afterAll, beforeAll, expect, test } from "vitest";
import { pagesOf as paperOf } from "#client/patrols/briefing/briefing-layout.ts";
import type { BriefingReply } from "#core/patrols/wire/board.ts";
import { type Page, seriousViolations } from "#tests/browser/driver.ts";
import {
  openPlanDesk,
  type PlanDesk,
  plansOf,
  unspeakable,
} from "#tests/browser/patrols/plan-support.ts";
import { textOfPages } from "#tests/browser/pdf-text.ts";
import { pagesOf } from "#tests/browser/read-pdf.ts";
import { isWhole } from "#tests/support/runs.ts";

/** What leaves the screen on paper; a briefing on a phone is in app/reach.browser.ts. */
let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("agreed", { paper: true });
  page = desk.page;
});
afterAll(() => desk.close());

const plans = () => plansOf(page);

test("printing the week itself gives no window, no hatch and no word of protected time", async () => {
  await page.emulateMedia({ media: "print" });
  // Only what is laid out for paper counts here, which textContent does not know.
  const words = await page.evaluate(() => document.body.innerText);
  expect(words).not.toMatch(unspeakable);
  expect(await page.locator(".hatch:visible").count()).toBe(0);
  expect(await page.locator("[data-window]:visible").count()).toBe(0);
  await page.emulateMedia({ media: null });
});

test("printed, or saved as PDF, a unit's shift is one A4 page, or two where it has too much, with all that it must say and no word of outreach", async () => {
  await page.getByRole("button", { name: "Briefing" }).click();
  await page.locator(".sheet-page svg.route-map").first().waitFor();
  const [plan] = await plans();
  const reply = await page.request.get(`/api/plans/${plan?.id}/briefing`);
  const briefing = (await reply.json()) as BriefingReply;
  expect(Math.max(...briefing.sheets.map(({ windows }) => windows.length))).toBeGreaterThan(2);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  const pages = pagesOf(pdf);
  const sheets = paperOf(briefing);
  expect(await page.locator(".sheet-page").count()).toBe(sheets.length);
  expect(pages.count).toBe(sheets.length);
  expect(pages.sizes.length).toBeGreaterThan(0);
  for (const [width, height] of pages.sizes) {
    expect(width).toBeCloseTo(595, -1);
    expect(height).toBeCloseTo(842, -1);
  }
  expect(await page.title()).toBe(`Neighbourhood patrol ${briefing.number}`);
  const texts = textOfPages(pdf);
  const packed = (words: string) => words.replace(/\s/g, "");
  sheets.forEach(({ sheet: { title }, windows }, at) => {
    const said = [
      title,
      `Number ${briefing.number}`,
      "Void after",
      "Check the number before going out and every hour",
      briefing.referral,
      briefing.emergency,
      briefing.checkLine,
      ...briefing.lookFor,
      ...windows.flatMap(({ unit, times, whyHere, whyNow, stops }) => [
        `Unit ${unit}: ${times}`,
        `Why here: ${whyHere} Why now: ${whyNow}`,
        ...stops.map(({ place, about }) => `${place}, ${about}`),
      ]),
    ];
    for (const words of said) expect(texts[at]).toContain(packed(words));
    expect(texts[at]).not.toMatch(unspeakable);
  });
});

test("on paper the frame of the screen is gone, the sheets are in order for everybody, and nothing went wrong on the way", async () => {
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".top-bar").isVisible()).toBe(false);
  expect(await page.locator(".briefing .papers__bar").isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
  expect(await seriousViolations(page, isWhole ? "html" : ".sheet-page")).toEqual([]);
  expect(desk.sergeant.problems).toEqual([]);
});

test.runIf(isWhole)(
  "however many windows a shift has, nothing on its page lies over anything else or is cut off",
  async () => {
    const [plan] = await plans();
    const path = `/api/plans/${plan?.id}/briefing`;
    const briefing = (await (await page.request.get(path)).json()) as BriefingReply;
    const windows = briefing.sheets.flatMap((sheet) => sheet.windows);
    const most = Math.max(...windows.map(({ stops }) => stops.length));
    expect(most).toBe(7);
    const [longest] = windows.filter(({ stops }) => stops.length === most);
    const [sheet] = briefing.sheets;
    if (!longest || !sheet) throw new Error("No window was planned");
    const sheets = [1, 2, 3].map((count) => ({
      ...sheet,
      start: `2021-12-0${count}T14:00:00+00:00`,
      windows: Array.from({ length: count }, (_, at) => ({
        ...longest,
        id: `w${at}`,
        unit: 1,
      })),
    }));
    await page.route(`**${path}`, (route) => route.fulfill({ json: { ...briefing, sheets } }));
    await page.reload();
    await page.locator(".sheet-page").nth(3).locator(".route-map").first().waitFor();
    await page.emulateMedia({ media: "print" });
    const found = await page.evaluate(() =>
      [...document.querySelectorAll(".sheet-page")].map((sheetPage) => {
        const boxOf = (element: Element) => element.getBoundingClientRect();
        const foot = boxOf(sheetPage.querySelector(".paper__foot") ?? sheetPage);
        const cards = [...sheetPage.querySelectorAll(".route-card")].map((card) => {
          const parts = [...card.querySelectorAll("*")].filter((one) => !one.closest("svg svg, g"));
          return {
            top: boxOf(card).top,
            left: boxOf(card).left,
            bottom: Math.max(...parts.map((part) => boxOf(part).bottom)),
          };
        });
        const isOver = cards.some(({ bottom, left, top }) =>
          [foot, ...cards.filter((one) => one.left === left && one.top > top)].some(
            (below) => bottom > below.top,
          ),
        );
        const isCut = foot.bottom > boxOf(sheetPage).bottom + 1;
        const map = boxOf(sheetPage.querySelector(".route-map") ?? sheetPage);
        return { cards: cards.length, isOver, isCut, mapMm: Math.floor(map.height / (96 / 25.4)) };
      }),
    );
    await page.emulateMedia({ media: null });
    expect(found.map(({ cards }) => cards)).toEqual([1, 2, 2, 1]);
    expect(found.filter(({ isOver, isCut }) => isOver || isCut)).toEqual([]);
    for (const { mapMm } of found) expect(mapMm).toBeGreaterThanOrEqual(80);
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true })).count).toBe(4);
    expect(desk.sergeant.problems).toEqual([]);
  },
);
