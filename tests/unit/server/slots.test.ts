import { afterEach, expect, test, vi } from "vitest";
import { Problem } from "#server/problem.ts";
import { createSlots } from "#server/slots.ts";

afterEach(() => {
  vi.useRealTimers();
});

test("two run at once, the others wait in line, and a full line is told so", async () => {
  const slots = createSlots({
    mostAtOnce: 2,
    mostWaiting: 3,
    refusal: () => new Problem(503, "Too many", "Later."),
  });
  const inTurn = async <Value>(work: () => Promise<Value>) => {
    const leave = await slots.enter();
    return work().finally(leave);
  };
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const work = (n: number) =>
    inTurn(async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      order.push(n);
      if (n === 1) throw new Error("on purpose");
      return n;
    });
  const all = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(work));
  expect(most).toBe(2);
  expect(order).toEqual([1, 2, 3, 4, 5]);
  expect(all.map(({ status }) => status)).toEqual([
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "rejected",
  ]);
  expect(all[5]).toMatchObject({ reason: { status: 503 } });
  expect(await work(7)).toBe(7);
});

test("whoever waits too long is told so, and takes no place of those behind", async () => {
  vi.useFakeTimers();
  const slots = createSlots({
    mostAtOnce: 1,
    mostWaiting: 5,
    patienceMs: 1_000,
    refusal: () => new Problem(503, "Too many", "Later."),
  });
  const leave = await slots.enter();
  expect(slots.tryEnter()).toBeNull();
  const tooLong = slots.enter().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(600);
  const later = slots.enter();
  await vi.advanceTimersByTimeAsync(600);
  expect(await tooLong).toMatchObject({ status: 503, title: "Too many" });
  leave();
  const leaveLater = await later;
  expect(slots.tryEnter()).toBeNull();
  leaveLater();
  expect(slots.tryEnter()).not.toBeNull();
});
