import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, type Visit } from "#tests/browser/driver.ts";
import { overlapsOn, visitRelease } from "#tests/browser/releases/panel-support.ts";
import { isWhole, partOf } from "#tests/support/runs.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

/** The panel in front of people: keys, screens of all sizes, and what goes wrong. */
const { browser } = demoWith(openBrowser);
let presenter: Visit;
let page: Page;
const reply = sampleRelease();

beforeAll(async () => {
  presenter = await visitRelease(browser, reply);
  page = presenter.page;
  await page.locator(".panel__stage > .panel__moved").waitFor();
});

const patiently = { timeout: 20_000 };
const at = (slide: string) => page.goto(`/#/panel?month=2021-03&slide=${slide}`);
const month = () => page.getByLabel("Month", { exact: true }).inputValue();
const slide = async () => /slide=(\w+)/.exec(page.url())?.[1] ?? "reported";
/** With the mouse. */
const press = (name: string) => page.getByRole("radio", { name, exact: true }).click();
/** After what a change of size brings about: the sign of more is decided once boxes are measured. */
const drawn = () =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
  });
const isFull = () => page.evaluate(() => document.fullscreenElement !== null);

test("after a choice by pointer F, Page Down and the arrows act on the slides", async () => {
  await at("where");
  const select = page.getByLabel("Month", { exact: true });
  await select.click();
  // The list is drawn by the machine; this is the choice that it reports.
  await page.keyboard.press("Escape");
  await select.dispatchEvent("pointerdown");
  await select.selectOption("2021-05");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  await page.keyboard.press("f");
  await expect.poll(isFull, patiently).toBe(true);
  await page.keyboard.press("f");
  await expect.poll(isFull, patiently).toBe(false);
  await page.keyboard.press("ArrowLeft");
  expect([await month(), await slide()]).toEqual(["2021-05", "reported"]);
  // Radio buttons: the chosen one lets go too.
  await press("Boroughs");
  await page.keyboard.press("End");
  expect(page.url()).toContain("by=borough");
  expect(await slide()).toBe("method");
  // Nor does a list that was clicked without a choice keep the arrows.
  await at("where");
  await select.dispatchEvent("pointerdown");
  await select.focus();
  await page.keyboard.press("ArrowDown");
  expect(await month()).toBe("2021-03");
  await select.dispatchEvent("pointerdown");
  await select.focus();
  await page.keyboard.press("ArrowLeft");
  expect([await month(), await slide()]).toEqual(["2021-03", "reported"]);

  // One that was reached by Tab keeps its arrows, and gives up F and Page Up.
  await at("where");
  await page.getByRole("button", { name: "Questions" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  expect([await month(), await slide()]).toEqual(["2021-04", "where"]);
  await page.keyboard.press("PageUp");
  expect([await month(), await slide()]).toEqual(["2021-04", "reported"]);
  await page.keyboard.press("f");
  await expect.poll(isFull, patiently).toBe(true);
  expect(await month()).toBe("2021-04");
  await page.keyboard.press("f");
  await expect.poll(isFull, patiently).toBe(false);
});

/** What a hall reads from far, in pixels. */
const sizes = () =>
  page.evaluate(() =>
    [
      ".panel__sentence",
      ".panel__head .demo-mark",
      ".panel__fewer",
      ".panel__stage > .panel__moved",
    ].map((part) => {
      const element = document.querySelector(part);
      return element ? Number.parseFloat(getComputedStyle(element).fontSize) : 0;
    }),
  );

/** Fits a projector at once: without a sign that there is more, words below the fold are a fault. */
const fixed = ["law", "selling", "powers", "limits", "you", "help", "contact", "q2"];

test.runIf(isWhole)(
  "full screen at four sizes nothing covers anything, what is cut off says so, and type grows",
  async () => {
    await at("reported");
    const slides = await page
      .getByLabel("Slide", { exact: true })
      .locator("option")
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    const read: number[][] = [];
    // In `npm test` each slide in every other size: one that is wide and one that is not.
    for (const [turn, [width, height]] of (
      [
        [1280, 720],
        [1024, 768],
        [768, 1024],
        [1920, 1080],
      ] as const
    ).entries()) {
      await page.setViewportSize({ width, height });
      await page.keyboard.press("f");
      await expect.poll(isFull, patiently).toBe(true);
      expect(await page.evaluate(() => [window.innerWidth, window.innerHeight])).toEqual([
        width,
        height,
      ]);
      for (const name of partOf(slides, 2, turn)) {
        await page.evaluate((id) => window.location.assign(`#/panel?slide=${id}`), name);
        await page.locator(`.panel__slide--${name}`).waitFor();
        await drawn();
        expect(await overlapsOn(page), `${name} at ${width}`).toEqual([]);
        const isWhole = width >= 1280 && fixed.includes(name);
        if (isWhole) expect(await page.locator(".panel__more").count(), name).toBe(0);
      }
      await at("reported");
      await page.locator(".panel__slide--reported").waitFor();
      read.push(await sizes());
      await page.keyboard.press("f");
      await expect.poll(isFull, patiently).toBe(false);
    }
    const [small = [], large = []] = [read[0], read.at(-1)];
    expect(small[0]).toBeGreaterThanOrEqual(28);
    for (const size of small) expect(size).toBeGreaterThanOrEqual(20);
    small.forEach((size, index) => {
      expect((large[index] ?? 0) / size).toBeGreaterThan(1.3);
    });
  },
);

test("at 390 px no control is cut off, no note spills out of its box, and marks stand on the axis", async () => {
  const note = page.locator(".panel__stage > .panel__moved");
  for (const width of [390, 768]) {
    await page.setViewportSize({ width, height: 800 });
    await note.waitFor();
    for (const control of await page.locator(".panel__controls :is(button, select)").all()) {
      const box = await control.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(width);
    }
    const [words, box] = [await note.locator("p").boundingBox(), await note.boundingBox()];
    expect(words?.height).toBeLessThanOrEqual(box?.height ?? 0);
    expect(await page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(width);
  }
  const area = reply.release.areas.find(({ name }) => name === "Edmonton Green");
  await page.goto(`/#/panel?slide=when&month=2021-09&area=${area?.id}`);
  const marks = page.locator(".panel__slide .panel-months .panel-months__few");
  await marks.first().waitFor();
  const [mark, plot] = [
    await marks.first().boundingBox(),
    await page.locator(".panel__slide .panel-months__plot--withheld").first().boundingBox(),
  ];
  const axis = (plot?.y ?? 0) + (plot?.height ?? 0);
  expect(Math.abs((mark?.y ?? 0) + (mark?.height ?? 0) / 2 - axis)).toBeLessThan(3);
  expect(presenter.problems).toEqual([]);
});
