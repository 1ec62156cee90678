import { afterAll, beforeAll, expect, test } from "vitest";
import type { KeepClearReply } from "#core/wire/keep-clear.ts";
import { type Locator, type Page, seriousViolations } from "#tests/browser/driver.ts";
import {
  heldMoveMs,
  openPlanDesk,
  type PlanDesk,
  patiently,
  plansOf,
  unspeakable,
} from "#tests/browser/plan-support.ts";
import { withoutCheck } from "#tests/support/checks.ts";

/** The week board: first by keyboard alone, then by mouse; one story, each test a step of it. */
let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("suggested");
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
  expect(done.length).toBeGreaterThanOrEqual(3);
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
    /^Put back/,
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

/** The middle of a block, or a point near one of its edges. */
async function pointOf(block: Locator, at: "middle" | "bottom") {
  await block.scrollIntoViewIfNeeded();
  const box = await block.boundingBox();
  if (!box) throw new Error("The block is not drawn");
  const y = at === "middle" ? box.y + box.height / 2 : box.y + box.height - 3;
  return { x: box.x + box.width / 2, y, box };
}

test("a window is dragged: where it would stand and what it costs takes the page less than 100 ms a move, Escape lets go", async () => {
  const window = (await plan()).windows.find(
    ({ status, start }) => status === "suggested" && start.slice(11, 13) < "20",
  );
  if (!window) throw new Error("No window begins before eight");
  const block = page.locator(`[data-window="${window.id}"]`);
  const { x, y } = await pointOf(block, "middle");
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + 8);
  await page.locator(".week__ghost").waitFor();
  expect(await page.locator(".cost[data-draft]").count()).toBe(1);
  const moveMs = await heldMoveMs(page, { x, y }, 12);
  // No page draws a moved block in less: that it was not measured would be no pass.
  expect(moveMs).toBeGreaterThan(0.2);
  expect(moveMs).toBeLessThan(100);
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(await page.locator(".week__ghost").count()).toBe(0);
  expect((await windowOf(window.id))?.start).toBe(window.start);
});

/** Where the rows under the week stand: nothing moves under the hand. */
const rowsBelow = () =>
  Promise.all(
    [".plan__foot", ".cost", ".cost__figure:last-child"].map((row) =>
      page.locator(row).boundingBox(),
    ),
  );

/** The body of the week is twelve hours high: from 14:00 to 02:00. */
const weekMinutes = 720;

/** Drags a window by so many minutes and lets go unless told not to; what the page said of the place, and the server. */
async function dragBy(id: string, minutes: number, at: "middle" | "bottom", letGo = true) {
  const body = await page.locator(".week__body").boundingBox();
  const { x, y } = await pointOf(page.locator(`[data-window="${id}"]`), at);
  const by = (minutes / weekMinutes) * (body?.height ?? 0);
  const rows = await rowsBelow();
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + by / 2);
  await page.mouse.move(x, y + by);
  const ghost = page.locator(".week__ghost");
  const [fits, words] = [await ghost.getAttribute("data-fits"), await ghost.textContent()];
  expect(await rowsBelow()).toEqual(rows);
  if (!letGo) {
    await page.keyboard.press("Escape");
    await page.mouse.up();
    return { fits, words, ok: null };
  }
  const answered = page.waitForResponse((reply) => reply.request().method() === "PATCH");
  await page.mouse.up();
  const { ok } = (await (await answered).json()) as { ok: boolean };
  return { fits, words, ok };
}

const minuteOf = (instant: string) =>
  Number(instant.slice(11, 13)) * 60 + Number(instant.slice(14, 16));

test("dropped in a free hour it stands there, and its lower edge stretches it", async () => {
  const found = (await plan()).windows.find(
    ({ status, start }) => status === "suggested" && start.slice(11, 13) >= "17",
  );
  if (!found) throw new Error("No window stands in the evening");
  // The early afternoon is free on every day.
  const dropped = await dragBy(found.id, 14 * 60 + 15 - minuteOf(found.start), "middle");
  expect(dropped).toMatchObject({ fits: "true", ok: true });
  await expect
    .poll(async () => (await windowOf(found.id))?.start.slice(11, 14), patiently)
    .toBe("14:");
  const moved = await windowOf(found.id);
  await page.locator(`[data-window="${found.id}"]`).getByText("14:").waitFor();
  const stretched = await dragBy(found.id, 15, "bottom");
  expect(String(stretched.ok)).toBe(stretched.fits);
  const after = await windowOf(found.id);
  expect(after?.start).toBe(moved?.start);
  expect(after?.end !== moved?.end).toBe(stretched.ok);
});

test("over the hatch of its own place it says so while it is held, in the one sentence", async () => {
  const reply = await page.request.get("/api/keep-clear");
  const { stretches } = (await reply.json()) as KeepClearReply;
  const isEvening = (instant: string) => instant.slice(11, 13) < "22";
  const closed = (await plan()).windows.flatMap((window) =>
    stretches
      .filter(
        ({ from, cells }) =>
          window.status === "suggested" &&
          from.slice(0, 10) === window.start.slice(0, 10) &&
          isEvening(from) &&
          isEvening(window.start) &&
          window.route.some((cell) => cells.includes(cell)),
      )
      .map(({ from }) => ({ window, from })),
  );
  const [first] = closed;
  if (!first) throw new Error("No window has protected time at its own place that evening");
  const by = minuteOf(first.from) - minuteOf(first.window.start);
  const { fits, words } = await dragBy(first.window.id, by, "middle", false);
  expect(fits).toBe("false");
  expect(words).toMatch(
    /Not available at that time|Unit \d is already on patrol or travelling|shift/,
  );
  expect(words).not.toMatch(unspeakable);
  expect((await windowOf(first.window.id))?.start).toBe(first.window.start);
  // Dropped all the same: why not, and what would fit, stand where the hand let go.
  expect(await dragBy(first.window.id, by, "middle")).toMatchObject({ ok: false });
  const refusal = page.locator(".week .window__refusal");
  await refusal.waitFor();
  const [note, spot] = await Promise.all([
    refusal.boundingBox(),
    page.locator(".week__ghost--dropped").boundingBox(),
  ]);
  if (!note || !spot) throw new Error("Nothing is told at the drop point");
  expect(
    Math.min(Math.abs(note.y + note.height - spot.y), Math.abs(spot.y + spot.height - note.y)),
  ).toBeLessThan(4);
  expect(note.x).toBeLessThan(spot.x + spot.width);
  expect(note.x + note.width).toBeGreaterThan(spot.x);
  expect(await page.locator(".window__refusal").count()).toBe(1);
  expect(await refusal.textContent()).not.toMatch(unspeakable);
  expect(await seriousViolations(page)).toEqual([]);
  await refusal.getByRole("button", { name: "Close this message" }).click();
  expect(await page.locator(".week__ghost").count()).toBe(0);
});

test("a reason that is not keep clear never stands under that heading", async () => {
  const own = (await plan()).windows.filter(({ status }) => status === "suggested");
  const pairs = own.flatMap((one) => own.map((other) => [one, other] as const));
  const found = pairs.find(
    ([one, other]) =>
      one.id !== other.id &&
      one.unit === other.unit &&
      one.start.slice(0, 10) === other.start.slice(0, 10) &&
      minuteOf(one.start) > 840 &&
      minuteOf(other.start) > 840,
  );
  if (!found) throw new Error("No unit is out twice in one evening");
  const [moved, other] = found;
  const { x, y } = await pointOf(page.locator(`[data-window="${moved.id}"]`), "middle");
  const body = await page.locator(".week__body").boundingBox();
  const by = ((minuteOf(other.start) - minuteOf(moved.start)) / weekMinutes) * (body?.height ?? 0);
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x, y + by / 2);
  await page.mouse.move(x, y + by);
  const figure = page.locator(".cost__figure").last();
  const told = (await figure.textContent()) ?? "";
  await page.keyboard.press("Escape");
  await page.mouse.up();
  expect(told).toMatch(/^This move/);
  expect(told).not.toMatch(/protected|keep clear/i);
  expect(await figure.textContent()).toMatch(/^Keep clear/);
});

test("last week is copied, or a plan is begun by hand, from the days on screen", async () => {
  await page.getByRole("button", { name: "Other ways to start" }).click();
  await page.getByRole("button", { name: "Start by hand" }).click();
  await page.getByText("An empty plan: add patrols to it").waitFor();
  await page.getByRole("button", { name: "How good is this plan?" }).click();
  await page.getByText("Put together by hand.").waitFor();
  await page.keyboard.press("Escape");
});

test("the board has no serious fault of access, and nothing went wrong on the way", async () => {
  expect(await seriousViolations(page)).toEqual([]);
  expect(desk.sergeant.problems).toEqual([]);
});
