import { expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page } from "#tests/browser/driver.ts";
import { partOf } from "#tests/support/runs.ts";

/** A fall where an operation was with a rise at a line: nothing that presenting offers takes it away. */
const { browser } = demoWith(openBrowser);

const patiently = { timeout: 20_000 };
const questions = Array.from({ length: 10 }, (_, at) => `q${at + 1}`);
const allSlides = [
  "reported",
  "where",
  "list",
  "when",
  "done",
  "helped",
  "moved",
  "forecast",
  "promised",
  "law",
  "selling",
  "powers",
  "limits",
  "you",
  "help",
  "contact",
  "method",
  "questions",
  ...questions,
];
const noteInStage = ".panel__stage > .panel__moved";
const note = (page: Page) => page.locator(noteInStage);

interface Looked {
  readonly slide: string | null;
  readonly isInSight: boolean;
  readonly words: string;
}

/** What is to be seen of it on one slide after the other (null: on the one that is there), looked at in the page itself. */
function lookAt(page: Page, slides: readonly (string | null)[], name = noteInStage) {
  return page.evaluate(
    async ({ all, selector, patience }) => {
      /** Drawn inside the window, and nothing lies over its middle. */
      const isInSight = () => {
        const found = document.querySelector(selector);
        if (!found?.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
          return false;
        const { left, top, width, height } = found.getBoundingClientRect();
        const middle = Math.min(top + height / 2, innerHeight - 1);
        const at = document.elementFromPoint(left + width / 2, middle);
        return height > 20 && top >= 0 && top < innerHeight && found.contains(at);
      };
      const looked: Looked[] = [];
      for (const slide of all) {
        const isThere = () => !slide || document.querySelector(`.panel__slide--${slide}`) !== null;
        if (slide) window.location.assign(`#/panel?slide=${slide}`);
        const until = performance.now() + patience;
        while (!(isThere() && isInSight()) && performance.now() < until) {
          await new Promise((done) => requestAnimationFrame(done));
        }
        const words = document.querySelector(selector)?.textContent ?? "";
        looked.push({ slide, isInSight: isThere() && isInSight(), words });
      }
      return looked;
    },
    { all: slides, selector: name, patience: patiently.timeout },
  );
}

async function isInSight(page: Page, name?: string): Promise<boolean> {
  const [looked] = await lookAt(page, [null], name);
  return looked?.isInSight ?? false;
}

const looks = [
  { width: 1280, height: 800, theme: "light" },
  { width: 768, height: 1024, theme: "dark" },
  { width: 390, height: 844, theme: "light" },
] as const;

test("SAFEGUARDS 11: presenting cannot hide it, wide, on a tablet or a phone: every slide, full screen, keys, reload, paper", async () => {
  const visit = await browser.visit({ role: "presenter", fragment: "#/panel" });
  const { page } = visit;
  await note(page).waitFor();
  let turn = 0;
  // Six times: in `npm test` each slide in the window and in full screen, a third of them in each size.
  const everySlide = async (where: string) => {
    const looked = await lookAt(page, partOf(allSlides, 3, turn));
    turn += 2;
    expect(looked.length, where).toBeGreaterThanOrEqual(Math.floor(allSlides.length / 3));
    const hidden = looked.filter((one) => !one.isInSight).map(({ slide }) => slide);
    expect(hidden, where).toEqual([]);
    for (const { words } of looked) {
      expect(words, where).toContain("rose near the boundary with Waltham Forest");
    }
  };
  const isFull = () => page.evaluate(() => document.fullscreenElement !== null);
  for (const { width, height, theme } of looks) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    await everySlide(`in the window, ${width} px`);
    expect(await note(page).getByRole("button").count()).toBe(0);
    await page.keyboard.press("f");
    await expect.poll(isFull, patiently).toBe(true);
    await everySlide(`in full screen, ${width} px`);
    for (const key of ["Escape", "Delete", "Backspace", "Home", "End", "PageDown", "Enter", "x"]) {
      await page.keyboard.press(key);
    }
    expect(await note(page).count()).toBe(1);
    // Blanked: no figure stays, and the note does.
    await page.keyboard.press("b");
    await page.locator(".panel__blank").waitFor();
    expect(await page.locator(".panel__sentence").isVisible()).toBe(false);
    expect(await isInSight(page)).toBe(true);
    await page.keyboard.press("b");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".handout .panel__moved").isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
    if (await isFull()) await page.keyboard.press("f");
    await expect.poll(isFull, patiently).toBe(false);
  }
  await page.goto("/#/panel?slide=list&banner=off&moved=none");
  await page.reload();
  for (const { width, height } of looks) {
    await page.setViewportSize({ width, height });
    expect(await isInSight(page), `after a reload, ${width} px`).toBe(true);
  }
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".handout .panel__moved").isVisible()).toBe(true);
  await page.emulateMedia({ media: null });
  expect(await page.locator("body").textContent()).not.toMatch(/Alert \d|under alert/);
  await visit.close();
});

test("in the assessment it stays too: at each width, on paper, after a reload, whatever is pressed", async () => {
  const visit = await browser.visit({ role: "sergeant", fragment: "#/displacement" });
  const { page } = visit;
  const banner = page.locator(".displacement .banner--warning");
  await banner.waitFor();
  await page.keyboard.press("Escape");
  await page.reload();
  for (const width of [1280, 768]) {
    await page.setViewportSize({ width, height: 800 });
    await banner.waitFor();
    await page.keyboard.press("Escape");
    expect(await isInSight(page, ".displacement .banner--warning")).toBe(true);
    expect(await banner.textContent()).toContain("rose at the boundary: Waltham Forest");
    expect(await banner.getByRole("button").count()).toBe(0);
    await page.emulateMedia({ media: "print" });
    expect(await banner.isVisible()).toBe(true);
    // SAFEGUARDS 7: no exact count of this screen goes on paper.
    for (const exact of [".displacement table", ".monthly", ".harm-panel", ".estimate__more"]) {
      expect(await page.locator(exact).filter({ visible: true }).count(), exact).toBe(0);
    }
    expect(await page.getByText("Exact counts stay on the screen.").isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
  }
  await visit.close();
});
