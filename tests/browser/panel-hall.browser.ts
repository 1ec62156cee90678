import { afterAll, beforeAll, expect, test } from "vitest";
import type { PanelReply } from "#core/wire/panel.ts";
import { openBrowser, type Page, type TestBrowser, type Visit } from "#tests/browser/driver.ts";
import { overlapsOn } from "#tests/browser/panel-support.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

/** The panel in front of people: keys, screens of all sizes, and what goes wrong. */
let server: DemoServer;
let browser: TestBrowser;
let presenter: Visit;
let page: Page;
let reply: PanelReply;

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
  presenter = await browser.visit({ server: server.url, role: "presenter", fragment: "#/panel" });
  page = presenter.page;
  reply = (await (await page.request.get("/api/public/panel")).json()) as PanelReply;
  await page.locator(".panel__moved").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const patiently = { timeout: 20_000 };
const month = () => page.getByLabel("Month", { exact: true }).inputValue();
const slide = async () => /slide=(\w+)/.exec(page.url())?.[1] ?? "map";
/** With the mouse. */
const press = (name: string) => page.getByRole("radio", { name, exact: true }).click();
const isFull = () => page.evaluate(() => document.fullscreenElement !== null);

test("after a choice by pointer F, Page Down and the arrows act on the slides", async () => {
  const select = page.getByLabel("Month", { exact: true });
  await press("Map");
  await select.click();
  // The list is drawn by the machine; this is the choice that it reports.
  await page.keyboard.press("Escape");
  await select.dispatchEvent("pointerdown");
  await select.selectOption("2021-03");
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
  await page.keyboard.press("f");
  await expect.poll(isFull, patiently).toBe(true);
  await page.keyboard.press("f");
  await expect.poll(isFull, patiently).toBe(false);
  await page.keyboard.press("PageDown");
  expect([await month(), await slide()]).toEqual(["2021-03", "table"]);
  await page.keyboard.press("ArrowRight");
  expect([await month(), await slide()]).toEqual(["2021-03", "months"]);
  // Radio buttons: the chosen one lets go too.
  await press("Boroughs");
  await page.keyboard.press("ArrowLeft");
  expect(page.url()).toContain("by=borough");
  expect(await slide()).toBe("table");
  await press("Neighbourhoods");
});

test("a list that was clicked without a choice lets go of the arrows", async () => {
  const select = page.getByLabel("Month", { exact: true });
  const before = await month();
  await press("Map");
  await select.dispatchEvent("pointerdown");
  await select.focus();
  await page.keyboard.press("ArrowDown");
  expect(await month()).toBe(before);
  await select.dispatchEvent("pointerdown");
  await select.focus();
  await page.keyboard.press("ArrowRight");
  expect([await month(), await slide()]).toEqual([before, "table"]);
});

test("a list that was reached by Tab keeps its arrows, and gives up F and Page Down", async () => {
  await press("Map");
  await page.getByLabel("Month", { exact: true }).selectOption("2021-03");
  await page.getByRole("button", { name: "Month before" }).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowDown");
  expect([await month(), await slide()]).toEqual(["2021-04", "map"]);
  await page.keyboard.press("PageDown");
  expect([await month(), await slide()]).toEqual(["2021-04", "table"]);
  await page.keyboard.press("f");
  await expect.poll(isFull, patiently).toBe(true);
  expect(await month()).toBe("2021-04");
  await page.keyboard.press("f");
  await expect.poll(isFull, patiently).toBe(false);
});

test.each([
  [1280, 720],
  [1366, 768],
  [1024, 768],
  [1920, 1080],
  [768, 1024],
])(
  "full screen at %i by %i: nothing covers anything, and what is cut off says so",
  async (width, height) => {
    const visit = await browser.visit({ server: server.url, role: "presenter", width, height });
    await visit.page.goto("/#/panel?month=2021-07");
    await visit.page.locator(".panel__moved").waitFor();
    await visit.page.keyboard.press("f");
    await expect
      .poll(() => visit.page.evaluate(() => document.fullscreenElement !== null), patiently)
      .toBe(true);
    for (const name of ["map", "table", "months", "notes"]) {
      await visit.page.waitForTimeout(150);
      expect(await overlapsOn(visit.page), name).toEqual([]);
      const more = visit.page.locator(".panel__more button");
      if (await more.isVisible()) {
        for (
          let press = 0;
          press < 9 && /More/.test((await more.textContent()) ?? "");
          press += 1
        ) {
          await more.click();
          await visit.page.waitForTimeout(100);
        }
        expect(await more.textContent(), name).toContain("Back to the top");
      }
      await visit.page.keyboard.press("PageDown");
    }
    await visit.close();
  },
);

test("type grows with the screen, caveat and mark included", async () => {
  const sizes = async (width: number, height: number) => {
    const visit = await browser.visit({ server: server.url, role: "presenter", width, height });
    await visit.page.locator(".panel__sentence").waitFor();
    await visit.page.keyboard.press("f");
    await visit.page.locator(".panel__head .demo-mark").waitFor();
    await visit.page.locator(".panel__moved").waitFor();
    const found = await visit.page.evaluate(() =>
      [".panel__sentence", ".panel__head .demo-mark", ".panel__foot span", ".panel__moved"].map(
        (part) => {
          const element = document.querySelector(part);
          return element ? Number.parseFloat(getComputedStyle(element).fontSize) : 0;
        },
      ),
    );
    await visit.close();
    return found;
  };
  const [small, large] = [await sizes(1280, 720), await sizes(1920, 1080)];
  expect(small[0]).toBeGreaterThanOrEqual(28);
  for (const size of small) expect(size).toBeGreaterThanOrEqual(16);
  small.forEach((size, index) => {
    expect((large[index] ?? 0) / size).toBeGreaterThan(1.35);
  });
});

test("the slide of one area has its headline, and marks without height where nothing is shown", async () => {
  const area = reply.areas.find(({ name }) => name === "Edmonton Green");
  await page.goto(`/#/panel?slide=months&month=2021-09&area=${area?.id}`);
  await page
    .getByRole("heading", {
      name: /^Residents made about \d+ complaints in Edmonton Green in September 2021\.$/,
    })
    .waitFor();
  const own = reply.values.filter((value) => value.area === area?.id);
  const shown = own.filter(({ count }) => count !== null).length;
  expect(shown).toBeGreaterThan(0);
  expect(own.length - shown).toBeGreaterThan(0);
  expect(await page.locator(".panel-months__bar").count()).toBe(shown);
  const marks = page.locator(".panel-months .panel-months__few");
  expect(await marks.count()).toBe(own.length - shown);
  const [mark, plot] = [
    await marks.first().boundingBox(),
    await page.locator(".panel-months__plot--withheld").first().boundingBox(),
  ];
  const axis = (plot?.y ?? 0) + (plot?.height ?? 0);
  expect(Math.abs((mark?.y ?? 0) + (mark?.height ?? 0) / 2 - axis)).toBeLessThan(3);
  expect(await page.locator(".panel-months__key").textContent()).toMatch(
    /^Not shown: fewer than 10/,
  );
});

test("months before any figure look different from months that are not shown", async () => {
  const fragment = "#/panel?slide=months";
  const visit = await browser.visit({ server: server.url, role: "presenter", fragment });
  const early = {
    ...reply,
    values: reply.values.map((value) =>
      value.month < "2021-01" ? { ...value, count: null } : value,
    ),
  };
  await visit.page.route("**/api/public/panel", (route) => route.fulfill({ json: early }));
  await visit.page.reload();
  await visit.page.locator(".panel-months").waitFor();
  expect(await visit.page.locator(".panel-months__plot--before").count()).toBe(4);
  expect(await visit.page.locator(".panel-months .panel-months__few").count()).toBe(0);
  expect(await visit.page.locator(".panel-months__key").textContent()).toContain("No figures yet");
  await visit.close();
});

test("a month that may not be shown is refused in words, and the address is put right", async () => {
  await page.goto("/#/panel?month=2021-11");
  await page.getByText("November 2021 may not be shown yet").waitFor();
  await expect.poll(() => page.url(), patiently).toContain("month=2021-09");
  expect(await month()).toBe("2021-09");
  await page.getByRole("button", { name: "Month before" }).click();
  await expect.poll(() => page.getByText("may not be shown yet").count(), patiently).toBe(0);
});

test("a session that has ended offers to sign in; a failed read does not speak of changes", async () => {
  const visit = await browser.visit({ server: server.url, role: "presenter" });
  const ended = { type: "about:blank", title: "Not signed in", status: 401, detail: "Sign in." };
  await visit.page.route("**/api/public/panel", (route) =>
    route.fulfill({ status: 401, contentType: "application/problem+json", json: ended }),
  );
  await visit.page.goto("/#/panel");
  await visit.page.reload();
  await visit.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await visit.page.getByRole("heading", { name: "Who are you today?" }).waitFor();
  await visit.close();
  const cut = await browser.visit({ server: server.url, role: "presenter" });
  await cut.page.route("**/api/public/panel", (route) => route.abort());
  await cut.page.goto("/#/panel");
  await cut.page.reload();
  await cut.page.getByText("No answer from the server").waitFor();
  expect(await cut.page.locator("main").textContent()).not.toContain("Nothing was changed");
  await cut.close();
});

test("at 390 px no control is cut off, and no note spills out of its box at 768", async () => {
  for (const width of [390, 768]) {
    const visit = await browser.visit({ server: server.url, role: "presenter", width });
    await visit.page.locator(".panel__moved").waitFor();
    const tab = visit.page.getByRole("radio", { name: "How it is counted" });
    const [box, note] = [
      await tab.boundingBox(),
      await visit.page.locator(".panel__moved").boundingBox(),
    ];
    expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(width);
    const words = await visit.page.locator(".panel__moved p").boundingBox();
    expect(words?.height).toBeLessThanOrEqual(note?.height ?? 0);
    expect(await visit.page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(width);
    await tab.click();
    await visit.page.locator(".panel__notes").waitFor();
    await visit.close();
  }
});

test("nothing went wrong on the way", () => {
  expect(presenter.problems).toEqual([]);
});
