import { afterAll, beforeAll, expect, test } from "vitest";
import type { PanelReply } from "#core/wire/panel.ts";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
  type Visit,
} from "#tests/browser/driver.ts";
import { pagesOf } from "#tests/browser/read-pdf.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

let server: DemoServer;
let browser: TestBrowser;
let presenter: Visit;
let page: Page;
let reply: PanelReply;
/** Every request since the page was opened, files of the page aside. */
const asked: string[] = [];

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
  presenter = await browser.visit({ server: server.url, role: "presenter" });
  page = presenter.page;
  reply = (await (await page.request.get("/api/public/panel")).json()) as PanelReply;
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (!request.url().startsWith("blob:") && pathname.startsWith("/api")) asked.push(pathname);
  });
  await page.goto("/#/panel");
  await page.reload();
  await page.locator(".panel__sentence").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const patiently = { timeout: 20_000 };
const september = () => reply.values.filter(({ month }) => month === "2021-09");

test("the last public month opens, in one sentence of 28 pixels or more", async () => {
  const command = september().find(({ area }) => area === "command");
  const sentence = page.locator(".panel__sentence");
  expect(await sentence.textContent()).toContain(
    `Residents made about ${command?.count} complaints in Enfield and Haringey in September 2021.`,
  );
  const size = await sentence.evaluate((element) => getComputedStyle(element).fontSize);
  expect(Number.parseFloat(size)).toBeGreaterThanOrEqual(28);
});

test("the map has every neighbourhood, those not shown with a look of their own", async () => {
  const parts = reply.areas.filter(({ kind }) => kind === "neighbourhood");
  expect(await page.locator(".panel-map path").count()).toBe(parts.length);
  const withheld = september().filter(
    ({ area, count }) => count === null && parts.some(({ id }) => id === area),
  );
  expect(withheld.length).toBeGreaterThan(0);
  expect(await page.locator("path.panel-map__area--0").count()).toBe(withheld.length);
  const dashes = await page
    .locator("path.panel-map__area--0")
    .first()
    .evaluate((area) => getComputedStyle(area).strokeDasharray);
  expect(dashes).not.toBe("none");
});

test("no figure under 10 is written anywhere, in any month, on any slide", async () => {
  for (const month of reply.months) {
    await page.getByLabel("Month", { exact: true }).selectOption(month);
    const words = await page
      .locator(".panel-map__count, .panel-table td, .panel-months__count")
      .allTextContents();
    expect(words.length).toBeGreaterThan(0);
    for (const word of words) {
      expect(word === "–" || Number(word.replace(",", "")) >= 10, `${month}: "${word}"`).toBe(true);
    }
  }
  expect(await page.locator(".panel__foot").textContent()).toContain(
    "Fewer than 10 does not mean none.",
  );
});

test("arrow keys step through the slides; the table holds what the map holds", async () => {
  await page.locator("body").click({ position: { x: 400, y: 20 } });
  await page.keyboard.press("ArrowRight");
  await page.locator(".panel__table").waitFor();
  expect(await page.locator(".panel__map").isVisible()).toBe(false);
  const shown = await page.locator(".panel-table tbody tr").count();
  expect(shown).toBe(await page.locator(".panel-map path:not(.panel-map__area--0)").count());
  await page.keyboard.press("ArrowRight");
  expect(await page.locator(".panel__months").isVisible()).toBe(true);
  await page.keyboard.press("ArrowRight");
  expect(await page.locator(".panel__notes").isVisible()).toBe(true);
  expect(await page.locator(".panel__notes p").allTextContents()).toEqual(reply.notes);
  for (let step = 0; step < 4; step += 1) await page.keyboard.press("ArrowLeft");
  expect(await page.locator(".panel__map").isVisible()).toBe(true);
});

test("F fills the screen, with the mark of made-up data and nothing of the frame; F leaves it", async () => {
  await page.keyboard.press("f");
  await expect
    .poll(() => page.evaluate(() => document.fullscreenElement?.className), patiently)
    .toBe("panel");
  expect(await page.locator(".panel .demo-mark").isVisible()).toBe(true);
  expect(await page.locator(".panel__foot").isVisible()).toBe(true);
  await page.keyboard.press("f");
  await expect
    .poll(() => page.evaluate(() => document.fullscreenElement === null), patiently)
    .toBe(true);
});

test("a fall in the core with a rise at an edge is said here too, and cannot be closed", async () => {
  const banner = page.locator(".panel .banner--warning");
  await banner.waitFor();
  expect(await banner.textContent()).toMatch(/fell in the treated area and rose at the edge/);
  expect(await banner.getByRole("button").count()).toBe(0);
});

test("the handout is A4, holds map, table, months and notes, and is marked as made up", async () => {
  await page.emulateMedia({ media: "print" });
  for (const part of [
    ".panel-map",
    ".panel-table",
    ".panel-months",
    ".panel__notes",
    ".demo-mark",
  ]) {
    expect(await page.locator(`.panel ${part}`).isVisible(), part).toBe(true);
  }
  expect(await page.locator(".panel__controls").isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
  const pages = pagesOf(await page.pdf({ preferCSSPageSize: true }));
  expect(pages.count).toBeLessThanOrEqual(3);
  for (const [width, height] of pages.sizes) {
    expect([Math.round(width), Math.round(height)]).toEqual([595, 842]);
  }
});

test("another screen's address leads a presenter nowhere but here", async () => {
  for (const screen of ["plan", "outreach", "hotspots", "displacement"]) {
    await page.evaluate((name) => window.location.assign(`#/${name}`), screen);
    await expect.poll(() => page.url(), patiently).toMatch(/#\/panel/);
    expect(await page.locator("h1").textContent()).toBe("Panel");
  }
});

test("nothing private was loaded: public figures, who is signed in, and the warning", () => {
  const allowed = /^\/api\/(public\/.+|session|displacement\/banners)$/;
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((path) => !allowed.test(path))).toEqual([]);
});

test.each([
  { width: 1280, theme: "light", fragment: "#/panel" },
  { width: 1280, theme: "dark", fragment: "#/panel?slide=table" },
  { width: 768, theme: "light", fragment: "#/panel?slide=months&by=borough" },
] as const)("$fragment at $width px, $theme: no serious fault of access", async (look) => {
  const visit = await browser.visit({ server: server.url, role: "sergeant", ...look });
  await visit.page.locator(".panel__sentence").waitFor();
  expect(await seriousViolations(visit.page)).toEqual([]);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

test("nothing went wrong on the way", () => {
  expect(presenter.problems).toEqual([]);
});
