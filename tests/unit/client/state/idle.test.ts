import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { holdIdleLock, idleLockMs, watchIdle } from "#client/state/idle.ts";

/** What other pages of the session were told. */
let told: string[];
let stop: () => void;
let locked: number;

beforeEach(() => {
  told = [];
  locked = 0;
  vi.useFakeTimers({ now: Date.parse("2021-11-26T18:00Z") });
  const deaf = { addEventListener: () => undefined, removeEventListener: () => undefined };
  vi.stubGlobal("window", deaf);
  vi.stubGlobal("document", deaf);
  vi.stubGlobal(
    "BroadcastChannel",
    class {
      readonly addEventListener = () => undefined;
      readonly close = () => undefined;
      readonly postMessage = (word: string) => told.push(word);
    },
  );
  stop = watchIdle(() => {
    locked += 1;
    stop();
  });
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a screen that nobody touches is locked after ten minutes", () => {
  vi.advanceTimersByTime(idleLockMs - 1);
  expect([locked, told]).toEqual([0, []]);
  vi.advanceTimersByTime(5_000);
  expect(locked).toBe(1);
});

test("a screen that a hall is shown is not locked by silence, and is ten minutes after it was", () => {
  const end = holdIdleLock();
  vi.advanceTimersByTime(3 * idleLockMs);
  expect(locked).toBe(0);
  // Another page of the session would lock this one as well.
  expect(told.length).toBeGreaterThan(100);
  end();
  end();
  vi.advanceTimersByTime(idleLockMs - 5_000);
  expect(locked).toBe(0);
  vi.advanceTimersByTime(10_000);
  expect(locked).toBe(1);
});
