import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { forgetEverything } from "#client/api/private-data.ts";
import {
  contact,
  followContact,
  momentNow,
  noteAnswer,
  serverNow,
} from "#client/patrols/tonight/contact.ts";
import { minuteMs } from "#core/time/zone.ts";

const listeners = new Map<string, (sign: object) => void>();
const page = {
  addEventListener: (name: string, listener: (sign: object) => void) =>
    listeners.set(name, listener),
  removeEventListener: (name: string) => listeners.delete(name),
};
let stop: () => void = () => undefined;
let asked = 0;
const at = Date.parse("2021-11-26T20:00:00Z");

beforeEach(() => {
  asked = 0;
  vi.useFakeTimers({ now: Date.parse("2026-01-01T00:00:00Z") });
  vi.stubGlobal("window", page);
  vi.stubGlobal("document", { hidden: false, ...page });
  noteAnswer(momentNow(), new Date(at).toISOString());
  stop = followContact(() => {
    asked += 1;
  });
});
afterEach(() => {
  stop();
  forgetEverything();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const state = () => contact.get()?.state;

test("with no answer for three minutes it is stale, and not sure any more after an hour", () => {
  expect([state(), asked]).toEqual(["fresh", 0]);
  vi.advanceTimersByTime(4 * minuteMs);
  expect([state(), asked]).toEqual(["stale", 4]);
  vi.advanceTimersByTime(55 * minuteMs);
  expect(state()).toBe("stale");
  vi.advanceTimersByTime(1 * minuteMs);
  expect([state(), contact.get()?.minutes]).toEqual(["unsure", 60]);
  noteAnswer(momentNow(), new Date(at + 60 * minuteMs).toISOString());
  expect(state()).toBe("fresh");
});

test("a phone that slept two hours is not sure as it wakes, and asks at once", () => {
  Object.assign(document, { hidden: true });
  listeners.get("visibilitychange")?.({});
  // Asleep, timers and the steady clock stand still.
  vi.setSystemTime(Date.now() + 120 * minuteMs);
  expect([state(), asked]).toEqual(["fresh", 0]);
  Object.assign(document, { hidden: false });
  listeners.get("visibilitychange")?.({});
  expect([state(), asked]).toEqual(["unsure", 1]);
  expect(serverNow()).toBe(at + 120 * minuteMs);
});

test("a page that is shown for the first time has just asked; one that comes back asks again", () => {
  listeners.get("pageshow")?.({ persisted: false });
  expect(asked).toBe(0);
  listeners.get("pageshow")?.({ persisted: true });
  expect(asked).toBe(1);
});

test("a phone whose clock is set back two hours gets no younger an answer", () => {
  vi.advanceTimersByTime(50 * minuteMs);
  vi.setSystemTime(Date.now() - 120 * minuteMs);
  vi.advanceTimersByTime(10 * minuteMs);
  expect([state(), contact.get()?.minutes]).toEqual(["unsure", 60]);
  expect(serverNow()).toBe(at + 60 * minuteMs);
});

test("out of sight it asks nothing, and its one timer is not under 15 seconds", () => {
  const timer = vi.spyOn(globalThis, "setInterval");
  stop();
  stop = followContact(() => {
    asked += 1;
  });
  expect(timer.mock.calls.map(([, ms]) => ms)).toEqual([30_000]);
  Object.assign(document, { hidden: true });
  vi.advanceTimersByTime(10 * minuteMs);
  expect(asked).toBe(0);
});

test("an answer is as old as its question, and gone at sign-out", () => {
  const before = momentNow();
  vi.advanceTimersByTime(10_000);
  noteAnswer(before, new Date(at).toISOString());
  expect(serverNow()).toBe(at + 10_000);
  forgetEverything();
  expect([contact.get(), serverNow()]).toEqual([null, null]);
});
