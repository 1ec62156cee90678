import { afterAll, beforeAll, expect, test } from "vitest";
import { openBrowser, type Page, type TestBrowser, type Visit } from "#tests/browser/driver.ts";
import { overlapsOn, visitRelease } from "#tests/browser/panel-support.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";
import { sampleRelease } from "#tests/support/sample-release.ts";

/** The panel in front of people: keys, screens of all sizes, and what goes wrong. */
let server: DemoServer;
let browser: TestBrowser;
let presenter: Visit;
let page: Page;
const reply = sampleRelease();

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
  presenter = await visitRelease(browser, { server: server.url, role: "presenter" }, reply);
  page = presenter.page;
  await page.locator(".panel__stage > .panel__moved").waitFor();
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

const patiently = { timeout: 20_000 };
const at = (slide: string) => page.goto(`/#/panel?month=2021-03&slide=${slide}`);
const month = () => page.getByLabel("Month", { exact: true }).inputValue();
const slide = async () => /slide=(\w+)/.exec(page.url())?.[1] ?? "reported";
/** With the mouse. */
const press = (name: string) => page.getByRole("radio", { name, exact: true }).click();
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
});

test("a list that was clicked without a choice lets go of the arrows", async () => {
  await at("where");
  const select = page.getByLabel("Month", { exact: true });
  await select.dispatchEvent("pointerdown");
  await select.focus();
  await page.keyboard.press("ArrowDown");
  expect(await month()).toBe("2021-03");
  await select.dispatchEvent("pointerdown");
  await select.focus();
  await page.keyboard.press("ArrowLeft");
  expect([await month(), await slide()]).toEqual(["2021-03", "reported"]);
});

test("a list that was reached by Tab keeps its arrows, and gives up F and Page Up", async () => {
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

test.each([
  [1280, 720],
  [1024, 768],
  [1920, 1080],
  [768, 1024],
])(
  "full screen at %i by %i: nothing covers anything, and what is cut off says so",
  async (width, height) => {
    const visit = await visitRelease(
      browser,
      { server: server.url, role: "presenter", width, height },
      reply,
    );
    await visit.page.locator(".panel__stage > .panel__moved").waitFor();
    await visit.page.keyboard.press("f");
    await expect
      .poll(() => visit.page.evaluate(() => document.fullscreenElement !== null), patiently)
      .toBe(true);
    const names = await visit.page
      .getByLabel("Slide", { exact: true })
      .locator("option")
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
    for (const name of names) {
      await visit.page.evaluate((id) => window.location.assign(`#/panel?slide=${id}`), name);
      await visit.page.locator(`.panel__slide--${name}`).waitFor();
      await visit.page.waitForTimeout(80);
      expect(await overlapsOn(visit.page), name).toEqual([]);
    }
    // The fixed words fit on a projector at once.
    if (width >= 1280) {
      for (const name of ["law", "selling", "powers", "limits", "you", "help", "contact", "q2"]) {
        await visit.page.evaluate((id) => window.location.assign(`#/panel?slide=${id}`), name);
        await visit.page.locator(`.panel__slide--${name}`).waitFor();
        await visit.page.waitForTimeout(80);
        expect(await visit.page.locator(".panel__more").count(), name).toBe(0);
      }
    }
    await visit.close();
  },
);

test("type grows with the screen, caveat and mark included", async () => {
  const sizes = async (width: number, height: number) => {
    const visit = await visitRelease(
      browser,
      { server: server.url, role: "presenter", width, height },
      reply,
    );
    await visit.page.locator(".panel__stage > .panel__moved").waitFor();
    await visit.page.keyboard.press("f");
    await visit.page.locator(".panel__head .demo-mark").waitFor();
    const found = await visit.page.evaluate(() =>
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
    await visit.close();
    return found;
  };
  const [small, large] = [await sizes(1280, 720), await sizes(1920, 1080)];
  expect(small[0]).toBeGreaterThanOrEqual(28);
  for (const size of small) expect(size).toBeGreaterThanOrEqual(22);
  small.forEach((size, index) => {
    expect((large[index] ?? 0) / size).toBeGreaterThan(1.3);
  });
});

test("the months of one area have its name, and marks without height where nothing is shown", async () => {
  const area = reply.release.areas.find(({ name }) => name === "Edmonton Green");
  await page.goto(`/#/panel?slide=when&month=2021-09&area=${area?.id}`);
  await page
    .getByRole("heading", { name: "Complaints in Edmonton Green, month by month" })
    .waitFor();
  const own = reply.release.values.filter((value) => value.area === area?.id);
  const shown = own.filter(({ count }) => count !== null).length;
  expect(shown).toBeGreaterThan(0);
  expect(own.length - shown).toBeGreaterThan(0);
  expect(await page.locator(".panel__slide .panel-months__bar").count()).toBe(shown);
  const marks = page.locator(".panel__slide .panel-months .panel-months__few");
  expect(await marks.count()).toBe(own.length - shown);
  const [mark, plot] = [
    await marks.first().boundingBox(),
    await page.locator(".panel__slide .panel-months__plot--withheld").first().boundingBox(),
  ];
  const axis = (plot?.y ?? 0) + (plot?.height ?? 0);
  expect(Math.abs((mark?.y ?? 0) + (mark?.height ?? 0) / 2 - axis)).toBeLessThan(3);
  expect(await page.locator(".panel__slide .panel-months__key").textContent()).toMatch(
    /^Not shown: fewer than 10/,
  );
});

test("months before any figure look different from months that are not shown", async () => {
  const values = reply.release.values.map((value) =>
    value.month < "2021-01" ? { ...value, count: null } : value,
  );
  const visit = await visitRelease(
    browser,
    { server: server.url, role: "presenter", fragment: "#/panel?slide=when" },
    sampleRelease({ values }),
  );
  await visit.page.locator(".panel__slide--when").waitFor();
  expect(await visit.page.locator(".panel__slide .panel-months__plot--before").count()).toBe(4);
  expect(await visit.page.locator(".panel__slide .panel-months .panel-months__few").count()).toBe(
    0,
  );
  expect(await visit.page.locator(".panel__slide .panel-months__key").textContent()).toContain(
    "No figures yet",
  );
  await visit.close();
});

test("a month that may not be shown is refused in words, and the address is put right", async () => {
  await page.goto("/#/panel?month=2021-11");
  await page.getByText("November 2021 may not be shown yet").waitFor();
  await expect.poll(() => page.url(), patiently).toContain("month=2021-09");
  expect(await month()).toBe("2021-09");
  await page.getByLabel("Month", { exact: true }).selectOption("2021-08");
  await expect.poll(() => page.getByText("may not be shown yet").count(), patiently).toBe(0);
});

test("a withdrawn release shows its notice and no figure", async () => {
  const withdrawn = { on: "2021-12-02", notice: "One borough was counted twice." };
  const emptied = sampleRelease({ values: [], outlines: [], done: [], answers: [] });
  const visit = await visitRelease(
    browser,
    { server: server.url, role: "presenter", fragment: "#/panel?release=3" },
    { ...emptied, withdrawn },
  );
  await visit.page.getByText("Release 3 was withdrawn on 2 December 2021").waitFor();
  await visit.page.getByText("One borough was counted twice.").waitFor();
  expect(await visit.page.locator(".panel__slide, .handout, table, svg.panel-map").count()).toBe(0);
  // Without any that stands, the last notice opens by itself.
  await visit.page.goto("/#/panel");
  await visit.page.getByText("Release 3 was withdrawn on 2 December 2021").waitFor();
  await visit.close();
});

test("a release before one that was withdrawn says so, and each can be chosen", async () => {
  const visit = await browser.visit({ server: server.url, role: "presenter" });
  const line = (number: number, notice: string | null) => ({
    number,
    approvedOn: "2021-11-26",
    from: "2020-09",
    to: "2021-09",
    hash: "5a".repeat(32),
    withdrawn: notice === null ? null : { on: "2021-12-02", notice },
  });
  let lines = [line(4, "A ward was missing."), line(3, null)];
  let ofAsked: (url: string) => unknown = () => reply;
  await visit.page.route("**/api/public/releases", (route) =>
    route.fulfill({ json: { releases: lines } }),
  );
  await visit.page.route("**/api/public/releases/*", (route) =>
    route.fulfill({ json: ofAsked(route.request().url()) }),
  );
  await visit.page.goto("/#/panel");
  await visit.page.reload();
  await visit.page.getByText("Release 4 was withdrawn: A ward was missing.").waitFor();
  await visit.page.locator(".panel__slide--reported").waitFor();
  const choice = visit.page.getByLabel("Release", { exact: true });
  expect(await choice.locator("option").allTextContents()).toEqual([
    "Release 4, withdrawn",
    "Release 3",
  ]);
  await choice.selectOption("4");
  await expect.poll(() => visit.page.url(), patiently).toContain("release=4");
  await visit.close();

  // An open panel hears of it when it comes back into sight, and the slides wait for the presenter.
  const later = await visitRelease(browser, { server: server.url, role: "presenter" }, reply);
  const { page: open } = later;
  await open.locator(".panel__slide--reported").waitFor();
  lines = [line(5, null), line(3, "A borough was counted twice.")];
  const emptied = sampleRelease({ values: [], outlines: [], done: [], answers: [] });
  const { withdrawn } = line(3, "A borough was counted twice.");
  ofAsked = (url) =>
    url.endsWith("/3") || url.endsWith("latest") ? { ...emptied, withdrawn } : reply;
  await open.route("**/api/public/releases", (route) =>
    route.fulfill({ json: { releases: lines } }),
  );
  await open.route("**/api/public/releases/*", (route) =>
    route.fulfill({ json: ofAsked(route.request().url()) }),
  );
  await open.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await open.locator(".panel__refusal").getByText("Release 3 was withdrawn.").waitFor();
  expect(await open.locator(".panel__slide--reported").count()).toBe(1);
  await open.getByRole("button", { name: "Show its notice" }).click();
  await open.getByText("A borough was counted twice.").waitFor();
  await open.getByRole("button", { name: "Show the latest release" }).click();
  await expect.poll(() => open.url(), patiently).toContain("release=5");
  await open.locator(".panel__slide--reported").waitFor();
  await later.close();
});

test("from the questions a press goes back to the slide that they were asked from", async () => {
  const visit = await visitRelease(
    browser,
    { server: server.url, role: "presenter", fragment: "#/panel?slide=helped" },
    reply,
  );
  const { page: asking } = visit;
  await asking.locator(".panel__slide--helped").waitFor();
  await asking.getByRole("button", { name: "Questions", exact: true }).click();
  await asking.locator(".panel__slide--questions").waitFor();
  await asking.getByRole("button", { name: "Slide after" }).click();
  await asking.getByRole("button", { name: "Back to the slides" }).click();
  await asking.locator(".panel__slide--helped").waitFor();
  await visit.close();
});

test("before the first release it says what will be here, and how it comes", async () => {
  const visit = await browser.visit({ server: server.url, role: "presenter" });
  await visit.page.route("**/api/public/releases", (route) =>
    route.fulfill({ json: { releases: [] } }),
  );
  await visit.page.goto("/#/panel");
  await visit.page.reload();
  await visit.page.getByText("No release yet").waitFor();
  await visit.page.getByText("a second person has approved it").waitFor();
  await visit.close();
});

test("a session that has ended offers to sign in; a failed read does not speak of changes", async () => {
  const visit = await browser.visit({ server: server.url, role: "presenter" });
  const ended = { type: "about:blank", title: "Not signed in", status: 401, detail: "Sign in." };
  await visit.page.route("**/api/public/releases", (route) =>
    route.fulfill({ status: 401, contentType: "application/problem+json", json: ended }),
  );
  await visit.page.goto("/#/panel");
  await visit.page.reload();
  await visit.page.getByRole("button", { name: "Sign in", exact: true }).click();
  await visit.page.getByRole("heading", { name: "Who are you today?" }).waitFor();
  await visit.close();
  const cut = await browser.visit({ server: server.url, role: "presenter" });
  await cut.page.route("**/api/public/releases", (route) => route.abort());
  await cut.page.goto("/#/panel");
  await cut.page.reload();
  await cut.page.getByText("No answer from the server").waitFor();
  expect(await cut.page.locator("main").textContent()).not.toContain("Nothing was changed");
  await cut.close();
});

test("at 390 px no control is cut off, and no note spills out of its box at 768", async () => {
  for (const width of [390, 768]) {
    const visit = await visitRelease(
      browser,
      { server: server.url, role: "presenter", width },
      reply,
    );
    const note = visit.page.locator(".panel__stage > .panel__moved");
    await note.waitFor();
    for (const control of await visit.page.locator(".panel__controls :is(button, select)").all()) {
      const box = await control.boundingBox();
      expect((box?.x ?? 0) + (box?.width ?? 999)).toBeLessThanOrEqual(width);
    }
    const [words, box] = [await note.locator("p").boundingBox(), await note.boundingBox()];
    expect(words?.height).toBeLessThanOrEqual(box?.height ?? 0);
    expect(await visit.page.evaluate(() => document.body.scrollWidth)).toBeLessThanOrEqual(width);
    await visit.close();
  }
});

test("nothing went wrong on the way", () => {
  expect(presenter.problems).toEqual([]);
});
