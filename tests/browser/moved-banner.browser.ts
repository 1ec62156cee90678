import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type Page, type TestBrowser } from "#tests/browser/driver.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

/** A fall where an operation was with a rise at a line: nothing that presenting offers takes it away. */
let server: DemoServer;
let browser: TestBrowser;

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const patiently = { timeout: 20_000 };
const questions = Array.from({ length: 10 }, (_, at) => `q${at + 1}`);
const allSlides = [
  ...["reported", "where", "list", "when", "done", "helped", "moved", "promised", "law", "selling"],
  ...["powers", "limits", "you", "help", "contact", "method", "questions", ...questions],
];
const note = (page: Page) => page.locator(".panel__stage > .panel__moved");

/** Drawn inside the window, and nothing lies over its middle. */
async function isInSight(page: Page, selector = ".panel__stage > .panel__moved"): Promise<boolean> {
  return page.evaluate((name) => {
    const found = document.querySelector(name);
    if (!found?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { left, top, width, height } = found.getBoundingClientRect();
    const at = document.elementFromPoint(
      left + width / 2,
      Math.min(top + height / 2, innerHeight - 1),
    );
    return height > 20 && top >= 0 && top < innerHeight && found.contains(at);
  }, selector);
}

test.each([
  { width: 1280, height: 800, theme: "light" },
  { width: 768, height: 1024, theme: "dark" },
  { width: 390, height: 844, theme: "light" },
] as const)(
  "SAFEGUARDS 11: presenting cannot hide it at $width px: every slide, full screen, keys, reload, paper",
  async (look) => {
    const visit = await browser.visit({
      server: server.url,
      role: "presenter",
      fragment: "#/panel",
      ...look,
    });
    const { page } = visit;
    await note(page).waitFor();
    const everySlide = async (where: string) => {
      for (const slide of allSlides) {
        await page.evaluate((name) => window.location.assign(`#/panel?slide=${name}`), slide);
        await page.locator(`.panel__slide--${slide}`).waitFor();
        await expect
          .poll(() => isInSight(page), { ...patiently, message: `${where} ${slide}` })
          .toBe(true);
        expect(await note(page).textContent()).toContain("rose near the line with Waltham Forest");
      }
    };
    await everySlide("in the window");
    expect(await note(page).getByRole("button").count()).toBe(0);
    await page.keyboard.press("f");
    await expect
      .poll(() => page.evaluate(() => document.fullscreenElement !== null), patiently)
      .toBe(true);
    await everySlide("in full screen");
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
    await page.goto("/#/panel?slide=list&banner=off&moved=none");
    await page.reload();
    await expect.poll(() => isInSight(page), patiently).toBe(true);
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".handout .panel__moved").isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
    expect(await page.locator("body").textContent()).not.toMatch(/Alert \d|under alert/);
    await visit.close();
  },
);

test("a presenter's browser is refused alerts, and asks for none", async () => {
  const visit = await browser.visit({ server: server.url, role: "presenter", fragment: "#/panel" });
  const asked: string[] = [];
  visit.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await visit.page.reload();
  await note(visit.page).waitFor();
  expect(asked.filter((path) => path.includes("alerts"))).toEqual([]);
  expect((await visit.page.request.get("/api/alerts")).status()).toBe(403);
  await visit.page.goto("/#/displacement?part=alerts");
  await expect.poll(() => visit.page.url(), patiently).toMatch(/#\/panel/);
  await visit.close();
});

test("in the assessment it stays too: at each width, on paper, after a reload, whatever is pressed", async () => {
  for (const width of [1280, 768]) {
    const visit = await browser.visit({
      server: server.url,
      role: "sergeant",
      fragment: "#/displacement",
      width,
    });
    const banner = visit.page.locator(".displacement .banner--warning");
    await banner.waitFor();
    await visit.page.keyboard.press("Escape");
    await visit.page.reload();
    await banner.waitFor();
    expect(await isInSight(visit.page, ".displacement .banner--warning")).toBe(true);
    expect(await banner.textContent()).toContain("rose at the edge: Waltham Forest");
    expect(await banner.getByRole("button").count()).toBe(0);
    await visit.page.emulateMedia({ media: "print" });
    expect(await banner.isVisible()).toBe(true);
    await visit.close();
  }
});
