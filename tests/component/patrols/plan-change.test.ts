import { afterAll, beforeAll, expect, test } from "vitest";
import type { KeepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import {
  openPlanDesk,
  type PlanDesk,
  plansOf,
  unspeakable,
} from "#tests/browser/patrols/plan-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";

/** The sergeant changes a suggested plan and agrees it: one story, each test a step of it. */
let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("suggested", { open: openPages });
  page = desk.page;
});
afterAll(() => desk.close());

const plans = () => plansOf(page);

test("a time that would touch protected time is refused with a reason that gives nothing away", async () => {
  const refusal = page.locator(".window__refusal");
  for (const { window, start, end } of await closedTimes()) {
    await page.locator(`[data-window="${window.id}"]`).click();
    await page.getByLabel("Start", { exact: true }).fill(start);
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
  const isEvening = (instant: string) => instant.slice(11, 13) < "23";
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
    const isMoved = page.getByText(/^Now \d\d:\d\d to \d\d:\d\d$/).last();
    await isMoved.or(page.locator(".window__refusal")).first().waitFor();
    if ((await isMoved.count()) === 0) continue;
    const changed = (await plans())[0]?.windows.find(({ id }) => id === window.id);
    expect(Date.parse(changed?.end ?? "")).toBe(Date.parse(window.end) - 15 * 60_000);
    await page.getByRole("button", { name: /^Undo: change the patrol at/ }).click();
    await expect
      .poll(async () => (await plans())[0]?.windows.find(({ id }) => id === window.id)?.end)
      .toBe(window.end);
    return;
  }
  throw new Error("Every move was refused");
});

test("an end before its start is said as that; a stop left out makes room for Shorter", async () => {
  const [plan] = await plans();
  const refusal = page.locator(".window__refusal");
  const window = plan?.windows.find(({ stops }) => stops.length > 4);
  if (!window) throw new Error("No window has five stops");
  await page.locator(`[data-window="${window.id}"]`).click();
  const start = await page.getByLabel("Start", { exact: true }).inputValue();
  const [hour = 0] = start.split(":").map(Number);
  await page.getByLabel("End", { exact: true }).fill(`${String(hour - 1).padStart(2, "0")}:55`);
  await page.getByRole("button", { name: "Change", exact: true }).click();
  await refusal.getByText("The end must be after the start.").waitFor();
  const stored = async () => (await plans())[0]?.windows.find(({ id }) => id === window.id);
  await page.getByRole("button", { name: /^Leave out stop 2,/ }).click();
  await expect.poll(async () => (await stored())?.stops.length).toBe(window.stops.length - 1);
  await page.getByRole("button", { name: "Shorter" }).click();
  await expect
    .poll(async () => Date.parse((await stored())?.end ?? ""))
    .toBe(Date.parse(window.end) - 15 * 60_000);
  const back = page.getByRole("button", { name: /^Undo: change the patrol at/ });
  await back.click();
  await expect.poll(async () => (await stored())?.end).toBe(window.end);
  await back.click();
  await expect.poll(async () => (await stored())?.stops.length).toBe(window.stops.length);
});

test("one can be agreed alone, and Undo makes it a suggestion again", async () => {
  const [plan] = await plans();
  const left = (plan?.windows.length ?? 0) - 1;
  await page.getByRole("button", { name: "Approve this patrol" }).click();
  const agreed = async () =>
    (await plans())[0]?.windows.filter(({ status }) => status === "agreed").length;
  await expect.poll(agreed).toBe(1);
  await page.getByRole("button", { name: "More about approved patrols" }).click();
  await page.getByRole("button", { name: "Withdraw", exact: true }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `Withdraw 1 approved and ${left} suggested patrols` })
    .waitFor();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  await page.getByRole("button", { name: "Undo: approve 1 patrol" }).click();
  await expect.poll(agreed).toBe(0);
  // The page too, before the next step.
  await page.getByRole("button", { name: `Approve ${left + 1} patrols` }).waitFor();
});

test("Agree is the one filled button, then the briefing is", async () => {
  expect(await page.locator(".button--filled").allTextContents()).toEqual([
    expect.stringMatching(/^Approve \d+ patrols$/),
  ]);
  await page.getByRole("button", { name: /^Approve \d+ patrols/ }).click();
  await page.getByRole("button", { name: "Briefing" }).waitFor({ timeout: 30_000 });
  expect(await page.locator(".button--filled").allTextContents()).toEqual(["Briefing"]);
  expect((await plans())[0]?.status).toBe("agreed");
});

test("approved patrols stand while a suggestion is looked at, and as before once it is discarded", async () => {
  const agreed = (await plans()).find(({ status }) => status === "agreed");
  const count = agreed?.windows.length ?? 0;
  const isAgreed = page.getByText(`${count} patrols approved,`);
  await isAgreed.waitFor();
  const sentence = await page.locator(".plan__sentence").textContent();
  await page.getByRole("button", { name: /^Suggest (for the gaps|more)$/ }).click();
  await page.getByRole("button", { name: "Discard" }).waitFor({ timeout: 60_000 });
  await page.getByText(new RegExp(`^${count} of \\d+ patrols approved, `)).waitFor();
  const approved = page.locator(".week__block--agreed");
  expect(await approved.count()).toBe(count);
  expect(await page.locator(".week__block--suggested").count()).toBeGreaterThan(0);
  expect(await page.locator(".button--filled").count()).toBe(1);
  // An approved one is opened, and the suggestion stays in view.
  await approved.first().click();
  await page.getByRole("button", { name: "Withdraw this patrol" }).waitFor();
  expect(await page.locator(".week__block--suggested").count()).toBeGreaterThan(0);
  await page.getByRole("button", { name: "Discard" }).click();
  await expect.poll(() => page.locator(".week__block--suggested").count()).toBe(0);
  expect(await page.locator(".plan__sentence").textContent()).toBe(sentence);
  expect(await approved.count()).toBe(count);
  await page.getByText(/No conflict, checked \d\d:\d\d/).waitFor();
  expect(await page.getByText(/No patrols for|in conflict/).count()).toBe(0);
});

test("nothing went wrong on the way", () => {
  expect(desk.sergeant.problems).toEqual([]);
});
