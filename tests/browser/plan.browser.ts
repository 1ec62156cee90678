import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { KeepClearReply } from "#core/wire/keep-clear.ts";
import type { PlansReply } from "#core/wire/plan.ts";
import {
  openBrowser,
  type Page,
  seriousViolations,
  type TestBrowser,
  type Visit,
} from "#tests/browser/driver.ts";
import { pagesOf } from "#tests/browser/read-pdf.ts";
import { type DemoServer, startDemoServer } from "#tests/browser/support-server.ts";

/** The sergeant's journey: one story, each test a step of it. */
let server: DemoServer;
let browser: TestBrowser;
let sergeant: Visit;
let page: Page;

beforeAll(async () => {
  server = await startDemoServer();
  browser = await openBrowser();
  sergeant = await browser.visit({ server: server.url, role: "sergeant", fragment: "#/plan" });
  page = sergeant.page;
});
afterAll(async () => {
  await browser.close();
  await server.close();
});

/** Words that may stand on no paper and in no file. */
const unspeakable = /outreach|keep clear|keep-clear|protected|partner/i;

const patiently = { timeout: 20_000 };

async function plans(): Promise<PlansReply["plans"]> {
  const reply = await page.request.get("/api/plans?from=2021-11-29&days=7");
  return ((await reply.json()) as PlansReply).plans;
}

test("the plan opens on next week and shows protected time as one quiet hatch", async () => {
  await page.locator(".week__keep-clear").first().waitFor();
  expect(await page.getByLabel("First day").inputValue()).toBe("2021-11-29");
  const legend = page.getByText("Keep clear: outreach and other protected time");
  expect(await legend.isVisible()).toBe(true);
  const fill = await page
    .locator(".week__keep-clear")
    .first()
    .evaluate((band) => getComputedStyle(band).backgroundColor);
  expect(fill).toBe("rgba(0, 0, 0, 0)");
});

test("a wrong shift is refused beside its field and nothing is asked of the server", async () => {
  await page.getByLabel("Shifts").fill("late");
  await page.getByRole("button", { name: "Suggest" }).click();
  expect(await page.getByText('not "late"').isVisible()).toBe(true);
  expect(await plans()).toEqual([]);
  await page.getByLabel("Shifts").fill("14-22, 22-02");
});

test("Suggest shows a first plan with a way to cancel, then the stored one", async () => {
  await page.getByRole("button", { name: "Suggest" }).click();
  await page.getByRole("button", { name: "Cancel" }).waitFor();
  await page.locator("[data-window]").first().waitFor();
  await page.getByRole("button", { name: /^Agree \d+ windows/ }).waitFor({ timeout: 60_000 });
  const [plan] = await plans();
  expect(await page.locator("[data-window]").count()).toBe(plan?.windows.length);
  expect(await page.getByText(/windows suggested: .* on patrol/).isVisible()).toBe(true);
});

test("a window says why here, why now, its light, its share and when it was checked", async () => {
  await page.locator("[data-window]").first().click();
  const panel = page.getByRole("article");
  for (const words of [/Why here/, /Why now/, /light|dark/, /of the reports expected/]) {
    expect(await panel.getByText(words).first().isVisible(), String(words)).toBe(true);
  }
  expect(await panel.getByText(/Clear of protected time, checked \d\d:\d\d/).isVisible()).toBe(
    true,
  );
  // Nothing near it tells how near.
  expect(await panel.textContent()).not.toMatch(
    /\d+ (m|metres|min) (from|to) (outreach|protected)/i,
  );
});

test("the cost panel has minutes, share and caps; gap and bound come with a click", async () => {
  const cost = page.getByRole("region", { name: "What this plan costs" });
  expect(await cost.getByText(/\d min/).isVisible()).toBe(true);
  expect(await cost.getByText(/of 4 a day/).isVisible()).toBe(true);
  expect(await cost.getByText(/clear, checked \d\d:\d\d/).isVisible()).toBe(true);
  expect(await page.getByText(/a gap of/).count()).toBe(0);
  await page.getByRole("button", { name: "How good is this plan?" }).click();
  expect(await page.getByText(/a gap of \d/).isVisible()).toBe(true);
  await page.keyboard.press("Escape");
});

test("arrow keys move between windows, and the list holds the same ones", async () => {
  const focused = () =>
    page.evaluate(() => document.activeElement?.getAttribute("data-window") ?? null);
  await page.locator("[data-window]").first().focus();
  const first = await focused();
  await page.keyboard.press("ArrowRight");
  const second = await focused();
  expect(second).not.toBeNull();
  expect(second).not.toBe(first);
  await page.keyboard.press("Enter");
  await expect.poll(() => page.url(), patiently).toContain(`window=${second}`);
  await page.getByRole("radio", { name: "List" }).check();
  const [plan] = await plans();
  expect(await page.locator("tr[data-key]").count()).toBe(plan?.windows.length);
  expect(await page.locator("tr[aria-selected=true]").getAttribute("data-key")).toBe(second);
  await page.getByRole("radio", { name: "Week" }).check();
});

test("a time that would touch protected time is refused with a reason that gives nothing away", async () => {
  const refusal = page.locator(".window__refusal");
  for (const { window, start, end } of await closedTimes()) {
    await page.locator(`[data-window="${window.id}"]`).click();
    await page.getByLabel("Start").fill(start);
    await page.getByLabel("End", { exact: true }).fill(end);
    await page.getByRole("button", { name: "Change", exact: true }).click();
    await refusal.waitFor();
    const words = (await refusal.textContent()) ?? "";
    expect(words).not.toMatch(unspeakable);
    const after = (await plans())[0]?.windows.find(({ id }) => id === window.id);
    expect(after?.start).toBe(window.start);
    // Another window of the unit may be in the way first; one of these is refused for being closed.
    if (/not available/i.test(words)) return;
  }
  throw new Error("No window of this plan could be moved to where protected time is");
});

/** Windows, and times of the same evening at which their own route is closed. */
async function closedTimes() {
  const [plan] = await plans();
  const reply = await page.request.get("/api/keep-clear");
  const { stretches } = (await reply.json()) as KeepClearReply;
  const isEvening = (instant: string) => instant.slice(11, 13) < "21";
  return (plan?.windows ?? []).flatMap((window) => {
    const length = Date.parse(window.end) - Date.parse(window.start);
    return stretches
      .filter(
        ({ from, cells }) =>
          from.slice(0, 10) === window.start.slice(0, 10) &&
          isEvening(from) &&
          isEvening(window.start) &&
          window.route.some((cell) => cells.includes(cell)),
      )
      .map(({ from }) => {
        const end = new Date(Date.parse(from) + length).toISOString();
        return { window, start: from.slice(11, 16), end: end.slice(11, 16) };
      });
  });
}

test("a window is moved by a click, and Undo names the step and takes it back", async () => {
  const [plan] = await plans();
  // The first one whose move is not refused.
  for (const window of plan?.windows ?? []) {
    await page.locator(`[data-window="${window.id}"]`).click();
    await page.getByRole("button", { name: "Shorter" }).click();
    const isMoved = page.getByText(/^Now \d\d:\d\d to \d\d:\d\d$/);
    await isMoved.or(page.locator(".window__refusal")).first().waitFor();
    if ((await isMoved.count()) === 0) continue;
    const changed = (await plans())[0]?.windows.find(({ id }) => id === window.id);
    expect(Date.parse(changed?.end ?? "")).toBe(Date.parse(window.end) - 15 * 60_000);
    await page.getByRole("button", { name: /^Undo: change the times at/ }).click();
    await expect
      .poll(
        async () => (await plans())[0]?.windows.find(({ id }) => id === window.id)?.end,
        patiently,
      )
      .toBe(window.end);
    return;
  }
  throw new Error("Every move was refused");
});

test("the week has no serious fault of access, chosen window and all", async () => {
  expect(await seriousViolations(page)).toEqual([]);
});

test("Agree is the one filled button, then the briefing is", async () => {
  expect(await page.locator(".button--filled").allTextContents()).toEqual([
    expect.stringMatching(/^Agree \d+ windows$/),
  ]);
  await page.getByRole("button", { name: /^Agree \d+ windows/ }).click();
  await page.getByRole("button", { name: "Briefing" }).waitFor({ timeout: 30_000 });
  expect(await page.locator(".button--filled").allTextContents()).toEqual(["Briefing"]);
  expect((await plans())[0]?.status).toBe("agreed");
});

test("printing the week itself gives no window, no hatch and no word of protected time", async () => {
  await page.emulateMedia({ media: "print" });
  // Only what is laid out for paper counts here, which textContent does not know.
  // biome-ignore lint/performance/useDomNodeTextContent: see above.
  const words = await page.evaluate(() => document.body.innerText);
  expect(words).not.toMatch(unspeakable);
  expect(await page.locator(".hatch:visible").count()).toBe(0);
  expect(await page.locator("[data-window]:visible").count()).toBe(0);
  await page.emulateMedia({ media: null });
});

test("the calendar file is one week of neighbourhood patrols and says no more", async () => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Calendar file" }).click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  expect(text).toMatch(/^BEGIN:VCALENDAR/);
  expect(text).toContain("SUMMARY:Neighbourhood patrol");
  expect(text).not.toMatch(unspeakable);
});

test("the briefing has number, void-after time, routes in order, referral and emergency", async () => {
  await page.getByRole("button", { name: "Briefing" }).click();
  const sheet = page.locator(".sheet-page").first();
  await sheet.waitFor();
  const words = await sheet.textContent();
  for (const part of [
    /Neighbourhood patrol/,
    /MADE-UP DATA/,
    /Number P\d+-\d+/,
    /Void after \w{3} \d+ \w{3} \d\d:\d\d/,
    /Unit 1: \d\d:\d\d to \d\d:\d\d/,
    /about \d\d:\d\d/,
    /Why here/,
    /What to look for/,
    /emergency/i,
    /referral/i,
  ]) {
    expect(words).toMatch(part);
  }
  expect(await page.locator("svg.route-map").first().locator(".route-map__stop").count()).toBe(
    await page.locator(".route-card").first().locator("li").count(),
  );
  expect(await page.locator(".briefing").textContent()).not.toMatch(unspeakable);
});

test("a number says whether its sheet still stands", async () => {
  await page.getByRole("button", { name: "Does it stand?" }).click();
  const answer = page.locator(".number-check__answer");
  await expect.poll(() => answer.textContent(), patiently).toMatch(/P\d+-\d+, \d\d:\d\d: Stands/);
  await page.getByLabel("Number on the sheet").fill("P999-1");
  await page.getByRole("button", { name: "Does it stand?" }).click();
  await expect.poll(() => answer.textContent(), patiently).toMatch(/not valid|no such/i);
});

test("on paper every sheet is one A4 page, without the frame of the screen", async () => {
  const sheets = await page.locator(".sheet-page").count();
  const pages = pagesOf(await page.pdf({ preferCSSPageSize: true }));
  expect(pages.count).toBe(sheets);
  expect(pages.sizes.length).toBeGreaterThan(0);
  for (const [width, height] of pages.sizes) {
    expect(width).toBeCloseTo(595, -1);
    expect(height).toBeCloseTo(842, -1);
  }
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".top-bar").isVisible()).toBe(false);
  expect(await page.locator(".briefing__bar").isVisible()).toBe(false);
  await page.emulateMedia({ media: null });
  expect(await seriousViolations(page)).toEqual([]);
});

test("on a phone the briefing is complete and planning says that it needs width", async () => {
  const phone = await browser.visit({
    server: server.url,
    role: "sergeant",
    fragment: "#/plan",
    width: 390,
    height: 844,
    touch: true,
  });
  await phone.page.getByRole("button", { name: /^Briefing P\d/ }).click();
  await phone.page.locator(".sheet-page").first().waitFor();
  const isWider = await phone.page.evaluate(
    () => document.documentElement.scrollWidth > window.innerWidth,
  );
  expect(isWider).toBe(false);
  expect(phone.problems).toEqual([]);
  await phone.close();
});

test("an analyst reads the plan, cannot change it and never asks for protected time", async () => {
  const visit = await browser.visit({ server: server.url, role: "analyst" });
  const asked: string[] = [];
  visit.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await visit.page.goto("/#/plan");
  await visit.page.locator("[data-window]").first().waitFor();
  await visit.page.locator("[data-window]").first().click();
  for (const name of [/Suggest/, /Agree/, /Withdraw/, /Change/, /Briefing/]) {
    expect(await visit.page.getByRole("button", { name }).count(), String(name)).toBe(0);
  }
  expect(await visit.page.locator(".hatch").count()).toBe(0);
  expect(asked.filter((path) => path.startsWith("/api/keep-clear"))).toEqual([]);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

test("withdrawing asks first, then the number stands no longer", async () => {
  await page.getByRole("button", { name: "Plan", exact: true }).click();
  await page.getByRole("button", { name: "Withdraw", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Withdraw \d+ windows/ }).click();
  await expect.poll(async () => (await plans())[0]?.status, patiently).toBe("withdrawn");
  await expect.poll(() => page.locator("[data-window]").count(), patiently).toBe(0);
});

test("nothing went wrong on the way and no request left this machine", () => {
  expect(sergeant.problems).toEqual([]);
});
