import { afterAll, beforeAll, expect, test } from "vitest";
import {
  openPlanDesk,
  type PlanDesk,
  plansOf,
  unspeakable,
} from "#tests/browser/patrols/plan-support.ts";
import { openPages, type Page } from "#tests/component/driver.ts";
import { withoutCheck } from "#tests/support/checks.ts";

/** The week board: by keyboard alone; one story, each test a step of it. */
let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("suggested", { open: openPages });
  page = desk.page;
});
afterAll(() => desk.close());

const plan = async () => {
  const [found] = await plansOf(page);
  if (!found) throw new Error("There is no plan");
  return found;
};
const windowOf = async (id: string) => (await plan()).windows.find((one) => one.id === id);
const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-window"));

/** Tab until the week is reached: it is one stop, whatever stands in it. */
async function tabToWeek(): Promise<string> {
  for (let pressed = 0; pressed < 60; pressed += 1) {
    await page.keyboard.press("Tab");
    const id = await focused();
    if (id) return id;
  }
  throw new Error("No Tab leads to the week");
}

test("by keyboard alone: to the week, a window earlier or later, its end, its unit, its day", async () => {
  await page.keyboard.press("Tab");
  let id = await tabToWeek();
  const done: string[] = [];
  for (const key of Object.keys(expectedOf)) {
    for (let step = 0; step < 12 && !done.includes(key); step += 1) {
      if (await moves(id, key)) done.push(key);
      else id = await goOn(step);
    }
  }
  expect(done.length).toBeGreaterThanOrEqual(2);
});

/** Whether a key moved this window as it says; where it is refused, the reason gives nothing away. */
async function moves(id: string, key: string): Promise<boolean> {
  const before = await windowOf(id);
  if (!before) throw new Error(`There is no window ${id}`);
  const isDone = (await pressed(key)) === "done";
  const after = await windowOf(id);
  if (isDone) {
    expect(movedBy(before, after)).toEqual(expectedOf[key]);
    expect(await focused()).toBe(id);
  } else {
    expect(after && withoutCheck(after)).toEqual(withoutCheck(before));
    // Told beside the patrol that has the focus, in the week itself.
    const refusal = page.locator(".week .window__refusal");
    await refusal.waitFor();
    expect(await refusal.textContent()).not.toMatch(unspeakable);
    expect(await focused()).toBe(id);
    await page.keyboard.press("Escape");
    expect(await refusal.count()).toBe(0);
    expect(await focused()).toBe(id);
  }
  return isDone;
}

/** To another window, by plain arrows. */
async function goOn(step: number): Promise<string> {
  await page.keyboard.press(step % 2 ? "ArrowDown" : "ArrowRight");
  return (await focused()) ?? "";
}

async function pressed(key: string): Promise<"done" | "refused"> {
  const answered = page.waitForResponse((reply) => reply.request().method() === "PATCH");
  await page.keyboard.press(key);
  const { ok } = (await (await answered).json()) as { ok: boolean };
  if (ok) await page.getByText(/^Now /).last().waitFor();
  return ok ? "done" : "refused";
}

const expectedOf: Readonly<Record<string, object>> = {
  "Alt+ArrowDown": { start: 15, end: 15 },
  "Alt+ArrowUp": { start: -15, end: -15 },
  "Alt+Shift+ArrowUp": { start: 0, end: -15 },
  "Alt+ArrowRight": { start: 1440, end: 1440 },
};

interface Span {
  readonly start: string;
  readonly end: string;
}
function movedBy(before: Span, after: Span | undefined) {
  const minutes = (a: string, b = "") => (Date.parse(b) - Date.parse(a)) / 60_000;
  return { start: minutes(before.start, after?.start), end: minutes(before.end, after?.end) };
}

test("by keyboard alone: N adds one where it is asked for, S splits it, Delete removes it, Ctrl+Z puts it back", async () => {
  await page.keyboard.press("n");
  const form = page.getByRole("form", { name: "Add a patrol" });
  await form.waitFor();
  await form.getByLabel("Day").selectOption({ label: "Thu 2 Dec" });
  await form.getByLabel("Start").fill("14:30");
  await form.getByLabel("End").fill("16:30");
  const before = (await plan()).windows.length;
  await form.getByRole("button", { name: "Add this patrol" }).press("Enter");
  await page.getByText(/^Added: /).waitFor();
  const added = (await plan()).windows.find(({ start }) => start.startsWith("2021-12-02T14:30"));
  expect((await plan()).windows.length).toBe(before + 1);
  if (!added) throw new Error("Nothing was added at 14:30");
  const block = page.locator(`[data-window="${added.id}"]`);
  await block.focus();
  await page.keyboard.press("s");
  await page.getByText(/^Split: the rest goes to unit/).waitFor();
  expect((await windowOf(added.id))?.stops.length).toBe(Math.ceil(added.stops.length / 2));
  await block.focus();
  await page.keyboard.press("Delete");
  await page.getByText(/^Removed: /).waitFor();
  expect((await windowOf(added.id))?.status).toBe("withdrawn");
  expect(await focused()).toBeTruthy();
  await page.keyboard.press("Control+z");
  await page.getByText(/^Undone: remove the patrol at/).waitFor();
  expect((await windowOf(added.id))?.status).toBe("suggested");
});

test("the history names what was done, by whom, and takes back what still stands as it was left", async () => {
  await page.getByRole("button", { name: "History of this plan" }).click();
  const list = page.locator(".plan-history li");
  await list.first().waitFor();
  const words = (await list.allTextContents()).join("\n");
  for (const part of [
    /^Restored/,
    /Removed/,
    /Split/,
    /Added .*Thu 2 Dec, 14:30 to 16:30/,
    /was/,
  ]) {
    expect(words).toMatch(part);
  }
  expect(words).not.toMatch(unspeakable);
  await list.first().getByRole("button", { name: "Undo" }).click();
  await expect
    .poll(async () => (await plan()).windows.filter(({ status }) => status === "withdrawn").length)
    .toBeGreaterThan(0);
  await page.keyboard.press("Escape");
});

test("last week is copied, or a plan is begun by hand, from the days on screen", async () => {
  await page.getByRole("button", { name: "Start differently" }).click();
  await page.getByRole("button", { name: "Start by hand" }).click();
  await page.getByText("Empty plan: add patrols").waitFor();
  await page.getByRole("button", { name: "How good is this plan?" }).click();
  await page.getByText(/^Made by hand; not compared/).waitFor();
  await page.keyboard.press("Escape");
});

test("nothing went wrong on the way", () => {
  expect(desk.sergeant.problems).toEqual([]);
});
