import { beforeAll, expect, test } from "vitest";
import { demoWith } from "#tests/browser/demo-with.ts";
import { openBrowser, type Page, seriousViolations, type Visit } from "#tests/browser/driver.ts";
import { isWhole } from "#tests/support/runs.ts";

/** The panel over the release of the demonstration, as it is drawn; what it says, the component layer looks at. */
const { browser } = demoWith(openBrowser);
let presenter: Visit;
let page: Page;

beforeAll(async () => {
  presenter = await browser.visit({ role: "presenter", fragment: "#/panel" });
  page = presenter.page;
  await page.locator(".panel__sentence").waitFor();
});

const open = async (slide: string) => {
  await page.getByLabel("Slide", { exact: true }).selectOption(slide);
  await page.locator(`.panel__slide--${slide}`).waitFor();
};

test("all that a hall reads is 28 pixels or more, on every slide, and its map stays where it is", async () => {
  const slides = await page
    .getByLabel("Slide", { exact: true })
    .locator("option")
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(slides.length).toBe(28);
  for (const slide of slides) {
    await open(slide);
    const small = await page
      .locator(".panel__sentence, .panel__slide *, .panel__fewer")
      .evaluateAll((elements) =>
        elements
          .filter(
            (element) =>
              // A map and a chart have a table of the same figures.
              !element.closest("svg, .panel-key, .panel-months, .panel-months__key") &&
              [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent) &&
              Number.parseFloat(getComputedStyle(element).fontSize) < 28,
          )
          .map((element) => element.textContent.slice(0, 40)),
      );
    expect(small, slide).toEqual([]);
  }
  // Areas that are not shown have a look of their own, and no wheel, drag or key moves the map.
  await open("where");
  const plain = page.locator(".panel__slide path.panel-map__area--0");
  const dashes = await plain.first().evaluate((area) => getComputedStyle(area).strokeDasharray);
  expect(dashes).not.toBe("none");
  const map = page.locator(".panel__slide .panel-map");
  const look = async () => [await map.getAttribute("viewBox"), await map.boundingBox()];
  const before = await look();
  const box = await map.boundingBox();
  const [x, y] = [(box?.x ?? 0) + 100, (box?.y ?? 0) + 100];
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, 400);
  await page.mouse.down();
  await page.mouse.move(x + 120, y + 60);
  await page.mouse.up();
  await page.mouse.dblclick(x, y);
  for (const key of ["+", "-", "ArrowUp", "ArrowDown"]) await page.keyboard.press(key);
  expect(await look()).toEqual(before);
  expect(page.url()).toContain("slide=where");
  expect(presenter.problems).toEqual([]);
  await presenter.close();
});

test.runIf(isWhole)("no serious fault of access in the questions, narrow and dark", async () => {
  const look = { width: 768, theme: "dark" } as const;
  const visit = await browser.visit({
    role: "sergeant",
    fragment: "#/panel?slide=questions",
    ...look,
  });
  await visit.page.locator(".panel__slide--questions").waitFor();
  expect(await seriousViolations(visit.page)).toEqual([]);
  expect(visit.problems).toEqual([]);
  await visit.close();
});
