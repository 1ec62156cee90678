import { afterAll, beforeAll, expect, test } from "vitest";
import { type Page, seriousViolations, touchAlong } from "#tests/browser/driver.ts";
import { openPlanDesk, type PlanDesk, patiently, plansOf } from "#tests/browser/plan-support.ts";

/** The board under a finger, on a tablet held upright. */
let desk: PlanDesk;
let page: Page;

beforeAll(async () => {
  desk = await openPlanDesk("suggested", { width: 768, height: 1024, touch: true });
  page = desk.page;
});
afterAll(() => desk.close());

/** The body of the week is twelve hours high: from 14:00 to 02:00. */
const weekMinutes = 720;
const windowOf = async (id: string) =>
  (await plansOf(page))[0]?.windows.find((window) => window.id === id);

/** A window of an evening late enough that the early afternoon is free. */
async function evening() {
  const found = (await plansOf(page))[0]?.windows.find(
    ({ status, start }) => status === "suggested" && /T(17|18|19|20)/.test(start),
  );
  if (!found) throw new Error("No window stands in the evening");
  return found;
}

async function dragFinger(id: string, minutes: number): Promise<void> {
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

test("a finger on a window that is not chosen scrolls and moves nothing; a tap chooses it", async () => {
  const { id, start } = await evening();
  await dragFinger(id, -60);
  expect(await page.locator(".week__ghost").count()).toBe(0);
  expect((await windowOf(id))?.start).toBe(start);
  await page.locator(`[data-window="${id}"]`).tap();
  await page.locator(`[data-window="${id}"][aria-pressed="true"]`).waitFor();
});

test("a chosen window follows the finger and stands where it is let go, as the server says", async () => {
  const { id, start } = await evening();
  const minute = Number(start.slice(11, 13)) * 60 + Number(start.slice(14, 16));
  const answered = page.waitForResponse((reply) => reply.request().method() === "PATCH");
  await dragFinger(id, 14 * 60 + 20 - minute);
  const { ok } = (await (await answered).json()) as { ok: boolean };
  expect(ok).toBe(true);
  await expect.poll(async () => (await windowOf(id))?.start.slice(11, 14), patiently).toBe("14:");
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
  expect(desk.sergeant.problems).toEqual([]);
});
