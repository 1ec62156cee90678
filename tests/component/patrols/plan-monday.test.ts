import { afterAll, beforeAll, expect, test } from "vitest";
import { openPlanDesk, type PlanDesk, plansOf } from "#tests/browser/patrols/plan-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

/** Monday from the first look to a locked and suggested rest: one story, each test a step of it. */
let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("none", { open: openPages });
  page = desk.page;
});
afterAll(() => desk.close());

const windows = async () => (await plansOf(page))[0]?.windows ?? [];

test("Plan opens with what was done last week and one filled button, the draft of next week", async () => {
  await page.getByText("2 shifts to debrief.").waitFor();
  await page.getByText("As last week: 2 units at a time, shifts 14:00 to 22:00").waitFor();
  expect(await page.locator(".button--filled").allTextContents()).toEqual([
    "Draft a plan for Mon 29 Nov to Sun 5 Dec",
  ]);
});

test("the week before shows what was agreed, and the way back leads to next week", async () => {
  await page.getByRole("button", { name: "Show the week before" }).click();
  await expect.poll(() => page.locator("[data-window]").count()).toBe(4);
  await page.getByLabel("First day").fill("2021-11-29");
  await page.getByText("No plan for these days yet").waitFor();
});

test("one press carries last week's duties over to days that nobody has staffed, and suggests", async () => {
  const hours = "14:00-22:00";
  const duties = ["2021-11-22", "2021-11-23"].map((date) => ({
    date,
    unit: 3,
    hours,
    mode: "foot",
  }));
  const own = [{ date: "2021-11-30", unit: 1, hours, mode: "foot" }];
  const put = (from: string, given: object) =>
    page.request.put(`/api/staffing?from=${from}&days=7`, {
      data: { duties: given, tasks: [], interviews: [], coreHours: "20:00-02:00" },
    });
  expect((await put("2021-11-22", duties)).ok()).toBe(true);
  expect((await put("2021-11-29", own)).ok()).toBe(true);
  await page.reload();
  await page
    .getByText("1 duty of this week and last week's 1 duty for days not staffed yet")
    .waitFor();
  // A colleague saves Wednesday while the words are on screen.
  const meanwhile = { date: "2021-12-01", unit: 2, hours, mode: "foot" };
  expect((await put("2021-11-29", [...own, meanwhile])).ok()).toBe(true);
  await page.getByRole("button", { name: "Draft a plan for Mon 29 Nov to Sun 5 Dec" }).click();
  await page.getByRole("button", { name: /^Approve \d+ patrols/ }).waitFor({ timeout: 60_000 });
  const staffing = await (await page.request.get("/api/staffing?from=2021-11-29&days=7")).json();
  expect(staffing.duties).toEqual([
    { date: "2021-11-29", unit: 3, hours, mode: "foot" },
    { date: "2021-11-30", unit: 1, hours, mode: "foot" },
    meanwhile,
  ]);
  const units = (date: string) =>
    windows().then((all) => [
      ...new Set(all.filter(({ start }) => start.startsWith(date)).map(({ unit }) => unit)),
    ]);
  expect(await units("2021-11-29")).toEqual([3]);
  // What waits stays in view beside the plan.
  await page.getByText("2 shifts to debrief.").waitFor();
});

test("a locked window stays as it is when the rest is suggested again, also where it was moved to", async () => {
  const free = (await windows()).find(({ start }) => start.startsWith("2021-12-03T1"));
  if (!free) throw new Error("No window stands on Friday afternoon");
  const { id, place } = free;
  await page.locator(`[data-window="${id}"]`).click();
  await page.getByLabel("Start", { exact: true }).fill("14:20");
  await page.getByLabel("End", { exact: true }).fill("16:20");
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await page.getByText("Now 14:20 to 16:20").waitFor();
  await page.getByRole("button", { name: "Lock this patrol" }).click();
  await page.getByText("Locked: new suggestions keep it").waitFor();
  const locked = (await windows()).find((window) => window.id === id);
  const planId = (await plansOf(page))[0]?.id;
  await page.getByRole("button", { name: "Suggest the rest" }).click();
  await expect.poll(async () => (await plansOf(page))[0]?.id, { timeout: 60_000 }).not.toBe(planId);
  const kept = (await windows()).filter((window) => window.locked);
  expect(kept).toHaveLength(1);
  expect(kept[0]).toMatchObject({
    place,
    start: locked?.start,
    end: locked?.end,
    unit: locked?.unit,
    stops: locked?.stops,
  });
  expect((await windows()).length).toBeGreaterThan(1);
  await page.locator(`[data-window="${kept[0]?.id}"] .week__lock`).waitFor();
  await page.getByRole("button", { name: "Suggest the rest" }).waitFor();
});

test("nothing went wrong on the way", () => {
  expect(desk.sergeant.problems).toEqual([]);
});
