import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { KeepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import {
  type Locator,
  type Page,
  seriousViolations,
  touchAlong,
  type Visit,
} from "#tests/browser/driver.ts";
import {
  heldMoveMs,
  openPlanDesk,
  type PlanDesk,
  patiently,
  plansOf,
  unspeakable,
} from "#tests/browser/patrols/plan-support.ts";

/** The week board: first under a mouse, then under a finger; one story, each test a step of it. */
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
  expect(desk.sergeant.problems).toEqual([]);
});

/** A window of an evening of a day whose early afternoon is free. */
async function evening() {
  const all = (await plan()).windows.filter(({ status }) => status === "suggested");
  const busy = new Set(
    all.filter(({ start }) => start.slice(11, 13) < "17").map(({ start }) => start.slice(0, 10)),
  );
  const found = all.find(
    ({ start }) => /T(17|18|19|20)/.test(start) && !busy.has(start.slice(0, 10)),
  );
  if (!found) throw new Error("No window stands in the evening of a free afternoon");
  return found;
}

async function dragFinger(page: Page, id: string, minutes: number): Promise<void> {
  const block = page.locator(`[data-window="${id}"]`);
  await block.scrollIntoViewIfNeeded();
  const body = await page.locator(".week__body").boundingBox();
  const box = await block.boundingBox();
  if (!box || !body) throw new Error("The block is not drawn");
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const by = (minutes / weekMinutes) * body.height;
  await touchAlong(
    page,
    [0, 0.1, 0.4, 0.7, 1].map((share) => ({ x, y: y + share * by })),
  );
}

describe("under a finger, on a tablet held upright", () => {
  let tablet: Visit;
  let page: Page;
  let id: string;
  let start: string;

  beforeAll(async () => {
    tablet = await desk.browser.visit({
      server: desk.server.url,
      role: "sergeant",
      fragment: "#/plan",
      width: 768,
      height: 1024,
      touch: true,
    });
    page = tablet.page;
    ({ id, start } = await evening());
    await page.locator(`[data-window="${id}"]`).waitFor();
  });

  test("a finger on a window that is not chosen scrolls and moves nothing; a tap chooses it, and then it follows", async () => {
    await dragFinger(page, id, -60);
    expect(await page.locator(".week__ghost").count()).toBe(0);
    expect((await windowOf(id))?.start).toBe(start);
    await page.locator(`[data-window="${id}"]`).tap();
    await page.locator(`[data-window="${id}"][aria-pressed="true"]`).waitFor();
    // Chosen, it follows the finger and stands where it is let go, as the server says.
    const minute = Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16));
    const answered = page.waitForResponse((reply) => reply.request().method() === "PATCH");
    await dragFinger(page, id, 14 * 60 + 20 - minute);
    const { ok } = (await (await answered).json()) as { ok: boolean };
    expect(ok).toBe(true);
    await expect.poll(async () => (await windowOf(id))?.start, patiently).toMatch(/T14:/);
  });

  test("what is pressed is large enough for a finger, and nothing is cut off sideways", async () => {
    const small = () =>
      page.locator(".plan .button:visible, .plan .input:visible").evaluateAll((all) =>
        all
          .map((one) => ({ words: one.textContent, ...one.getBoundingClientRect().toJSON() }))
          .filter(({ height }) => height < 44)
          .map(({ words, height }) => `${words} ${height}`),
      );
    // What the last answer has just replaced is measured as nothing.
    await expect.poll(small, patiently).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(wide).toBeLessThanOrEqual(768);
    expect(await seriousViolations(page)).toEqual([]);
    expect(tablet.problems).toEqual([]);
  });
});
