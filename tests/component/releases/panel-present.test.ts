import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { visitRelease } from "#tests/browser/releases/panel-support.ts";
import { openPages, type Page, type Visit } from "#tests/component/driver.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

/** Presenting: by keyboard or remote control alone. */
const { browser } = demoWith(openPages);
let presenter: Visit;
let page: Page;

beforeAll(async () => {
  presenter = await visitRelease(browser, sampleRelease(), { height: 720 });
  page = presenter.page;
  await page.locator(".panel__stage > .panel__moved").waitFor();
});

const slide = async () =>
  (await page.locator(".panel__slide").getAttribute("class"))?.split("--").at(-1);

test("the counter says which step of how many, and the release", async () => {
  await page.keyboard.press("Home");
  const step = page.locator(".panel__step");
  expect(await step.textContent()).toBe("Release 3 · 1 of 16");
  await page.keyboard.press("4");
  expect(await step.textContent()).toBe("Release 3 · Question 4 of 10");
  await page.keyboard.press("q");
  expect(await slide()).toBe("reported");
});

test("Space and arrows stay with a button or list that the keyboard reached", async () => {
  await page.evaluate(() => window.location.assign("#/panel?slide=where"));
  await page.locator(".panel__slide--where").waitFor();
  const after = page.getByRole("button", { name: "Next slide" });
  await after.focus();
  await page.keyboard.press(" ");
  expect(await slide()).toBe("list");
  // Held by the slides it would be the next one, which this button does not lead to.
  await page.getByRole("button", { name: "Questions" }).focus();
  await page.keyboard.press(" ");
  expect(await slide()).toBe("questions");
  await page.keyboard.press("Home");
  // Pressed by pointer it lets go: Space is the next slide again.
  await page.keyboard.press("q");
  await after.dispatchEvent("pointerdown");
  await after.focus();
  await page.keyboard.press(" ");
  expect(await slide()).not.toBe("questions");
});

test("it reads in black and white: each class of the map has its figure beside it", async () => {
  await page.evaluate(() => window.location.assign("#/panel?view=handout"));
  await page.locator(".handout-page .panel__moved").waitFor();
  const counts = await page.locator(".handout .panel-map__count").count();
  const coloured = await page
    .locator(".handout path.panel-map__area:not(.panel-map__area--0)")
    .count();
  expect(counts).toBe(coloured);
  expect(await page.locator(".handout .panel-months__count").count()).toBe(13);
});

test("nothing went wrong on the way", () => {
  expect(presenter.problems).toEqual([]);
});
