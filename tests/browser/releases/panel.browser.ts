import { afterAll, beforeAll, expect, test } from "vitest";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
  type Visit,
} from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { isWhole } from "#tests/support/runs.ts";

/** The panel over the release of the demonstration, as it is drawn; what it says, the component layer looks at. */
let server: DemoServer;
let browser: TestBrowser;
let presenter: Visit;
let page: Page;

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
  presenter = await browser.visit({ server: server.url, role: "presenter", fragment: "#/panel" });
  page = presenter.page;
  await page.locator(".panel__sentence").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const patiently = { timeout: 20_000 };
const open = async (slide: string) => {
  await page.getByLabel("Slide", { exact: true }).selectOption(slide);
  await page.locator(`.panel__slide--${slide}`).waitFor();
};

test("all that a hall reads is 28 pixels or more, on every slide", async () => {
  const slides = await page
    .getByLabel("Slide", { exact: true })
    .locator("option")
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(slides.length).toBe(27);
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
});

test("areas that are not shown have a look of their own, and no wheel, drag or key moves the map", async () => {
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
});

test("F fills the screen, with the mark of made-up data and nothing of the frame; F leaves it", async () => {
  await page.keyboard.press("f");
  await expect
    .poll(() => page.evaluate(() => document.fullscreenElement?.classList[0]), patiently)
    .toBe("panel");
  expect(await page.locator(".panel__head .demo-mark").isVisible()).toBe(true);
  expect(await page.locator(".panel__foot").isVisible()).toBe(true);
  // The hall sees no control until a pointer moves.
  const controls = page.locator(".panel__controls");
  const isInSight = async () => ((await controls.boundingBox())?.y ?? 0) > -1;
  await expect.poll(isInSight, patiently).toBe(false);
  await page.mouse.move(300, 300);
  await expect.poll(isInSight, patiently).toBe(true);
  await page.keyboard.press("f");
  await expect
    .poll(() => page.evaluate(() => document.fullscreenElement === null), patiently)
    .toBe(true);
});

test("nothing went wrong on the way", async () => {
  expect(presenter.problems).toEqual([]);
  await presenter.close();
});

test("when the note cannot be read, that is said; printed before it is read, the handout says so", async () => {
  const visit = await browser.visit({ server: server.url, role: "presenter" });
  const note = visit.page.locator(".panel__stage > .panel__moved");
  await visit.page.route("**/api/displacement/banners", (route) => route.abort());
  await visit.page.goto("/#/panel");
  await visit.page.reload();
  await note.getByRole("button", { name: "Retry" }).waitFor();
  expect(await visit.page.locator(".handout .panel__moved").textContent()).toContain(
    "We could not check whether reports rose",
  );
  await visit.page.unroute("**/api/displacement/banners");
  await note.getByRole("button", { name: "Retry" }).click();
  await note.getByText("rose near the boundary with Waltham Forest").waitFor();
  await visit.page.route("**/api/displacement/banners", () => undefined);
  await visit.page.reload();
  await visit.page.locator(".panel__sentence").waitFor();
  const awaited = visit.page.locator(".handout .panel__note-awaited");
  expect(await awaited.isVisible()).toBe(false);
  await visit.page.emulateMedia({ media: "print" });
  expect(await awaited.isVisible()).toBe(true);
  await visit.page.emulateMedia({ media: null });
  await visit.close();
});

const looks = [
  ["light", "#/panel", 1280],
  ["light", "#/panel?slide=help", 1280],
  ["light", "#/panel?slide=when&by=borough", 768],
  ["dark", "#/panel?slide=questions", 768],
  ["dark", "#/panel?slide=list", 1280],
  ["dark", "#/panel?slide=promised", 1280],
] as const;

test.runIf(isWhole)(
  "no serious fault of access on six slides, in the light and in the dark, wide and narrow",
  async () => {
    const [[, fragment]] = looks;
    const visit = await browser.visit({ server: server.url, role: "sergeant", fragment });
    for (const [colorScheme, fragment, width] of looks) {
      await visit.page.emulateMedia({ colorScheme });
      await visit.page.setViewportSize({ width, height: 800 });
      await visit.page.goto(`/${fragment}`);
      const slide = /slide=(\w+)/.exec(fragment)?.[1] ?? "reported";
      await visit.page.locator(`.panel__slide--${slide}`).waitFor();
      expect(await seriousViolations(visit.page), fragment).toEqual([]);
    }
    expect(visit.problems).toEqual([]);
    await visit.close();
  },
);
