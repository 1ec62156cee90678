import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  openPlanDesk,
  type PlanDesk,
  plansOf,
  unspeakable,
} from "#tests/browser/patrols/plan-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

/** What leaves the screen: the briefing, its number, the calendar file; and who may read an agreed plan. */
let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("agreed", { open: openPages });
  page = desk.page;
});
afterAll(() => desk.close());

const plans = () => plansOf(page);

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

test("without streets each patrol is told by its stops first, and its map leads no line from one to the next", async () => {
  const cards = page.locator(".route-card");
  expect(await cards.count()).toBeGreaterThan(6);
  expect(await page.locator(".route-card__map + .route-card__words").count()).toBe(0);
  expect(await page.locator(".route-card__words + .route-card__map").count()).toBe(
    await cards.count(),
  );
  const words = (await page.locator(".route-card__stops li").allTextContents()).map((line) =>
    /\d+ m (north|south|east|west)[a-z-]* of (?!stop)|\bat \w/.test(line),
  );
  expect(words.filter((isFound) => !isFound)).toEqual([]);
  expect(await page.locator(".route-map__leg").count()).toBe(0);
  expect(await page.locator(".route-map__leader").count()).toBeGreaterThan(0);
  const key = await page.locator(".sheet-page__key").first().textContent();
  expect(key).toContain("numbers: the order of the stops");
  expect(key).toContain("ticks: corners and street midpoints");
});

test("no sheet is void before its own shift, and the calendar file says the same", async () => {
  const [plan] = await plans();
  const file = await (await page.request.get(`/api/plans/${plan?.id}/calendar.ics`)).text();
  const unfolded = file.replaceAll("\r\n ", "");
  const inFile = [...unfolded.matchAll(/Void after (\w{3} \d+ \w{3} \d\d:\d\d)/g)].map(
    ([, moment]) => moment,
  );
  const onPaper = (await page.locator(".sheet-page .paper__about").allTextContents()).map(
    (words) => /Void after (\w{3} \d+ \w{3} \d\d:\d\d)/.exec(words)?.[1],
  );
  expect(onPaper.length).toBeGreaterThan(6);
  expect(new Set(onPaper)).toEqual(new Set(inFile));
  const lastEnd = Math.max(...(plan?.windows ?? []).map(({ end }) => Date.parse(end)));
  const at = (moment = "") =>
    Date.parse(`${moment.slice(4)} 2021 UTC`.replace(/(\d+ \w+) (\S+) (2021)/, "$1 $3 $2"));
  expect(Math.max(...onPaper.map(at))).toBe(lastEnd);
});

test("one shift is chosen to be printed alone, and all of them again", async () => {
  const shift = page.getByLabel("Shift", { exact: true });
  const pages = await page.locator(".sheet-page").count();
  const [, first = ""] = await shift.locator("option").allTextContents();
  await shift.selectOption({ label: first });
  const alone = page.locator(".sheet-page");
  await expect.poll(() => alone.count()).toBeLessThan(pages);
  for (const words of await alone.allTextContents()) expect(words).toContain(first);
  await shift.selectOption({ label: "All shifts" });
  await expect.poll(() => alone.count()).toBe(pages);
});

test("a number says whether its sheet still stands", async () => {
  await page.getByRole("button", { name: "Check it is valid" }).click();
  const answer = page.locator(".number-check__answer");
  await expect.poll(() => answer.textContent()).toMatch(/P\d+-\d+, \d\d:\d\d: Valid/);
  await page.getByLabel("Number on the sheet").fill("P999-1");
  await page.getByRole("button", { name: "Check it is valid" }).click();
  await expect.poll(() => answer.textContent()).toMatch(/not valid|no such/i);
});

test("Plan in the list of screens leads back from the briefing to the week", async () => {
  await page.getByRole("link", { name: "Plan", exact: true }).click();
  await page.locator(".week__block").first().waitFor();
  expect(await page.locator(".sheet-page").count()).toBe(0);
});

test("nothing went wrong on the way", () => {
  expect(desk.sergeant.problems).toEqual([]);
});

test("an analyst reads patrols once they are over, cannot change any and never asks for protected time", async () => {
  const visit = await desk.browser.visit({ server: desk.server.url, role: "analyst" });
  const asked: string[] = [];
  visit.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await visit.page.goto("/#/plan");
  await visit.page.getByText("Finished patrols appear here.").waitFor();
  expect(await visit.page.locator("[data-window]").count()).toBe(0);
  for (const name of [/Suggest/, /Approve/, /Withdraw/, /Change/, /Briefing/]) {
    expect(await visit.page.getByRole("button", { name }).count(), String(name)).toBe(0);
  }
  expect(await visit.page.locator(".hatch").count()).toBe(0);
  expect(asked.filter((path) => path.startsWith("/api/keep-clear"))).toEqual([]);
  expect(visit.problems).toEqual([]);
  await visit.close();
});

test("withdrawing asks first, then the number stands no longer", async () => {
  const { page, problems } = await desk.browser.visit({
    server: desk.server.url,
    role: "sergeant",
    fragment: "#/plan",
  });
  const [plan] = await plansOf(page);
  await page.getByRole("button", { name: "Withdraw", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Withdraw \d+ approved patrols/ }).click();
  await expect.poll(async () => (await plansOf(page))[0]?.status).toBe("withdrawn");
  await expect.poll(() => page.locator("[data-window]").count()).toBe(0);
  const check = await page.request.get(`/api/plans/numbers/${plan?.number}`);
  expect(await check.json()).toMatchObject({ stands: false });
  expect(problems).toEqual([]);
});
