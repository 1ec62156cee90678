import { describe, expect, test } from "vitest";
import {
  contactAfter,
  elapsedMs,
  type Moment,
  secondsBetween,
} from "#core/patrols/duty/elapsed.ts";
import {
  layTaps,
  type StayTap,
  stayBodyOf,
  type Tap,
  tapForm,
  tapOfStay,
} from "#core/patrols/duty/taps.ts";
import { stayBody, tonightReply } from "#core/patrols/wire/tonight.ts";
import { minuteMs } from "#core/time/zone.ts";
import {
  instantAt,
  stayAt,
  tonightAt,
  tonightOf,
  tonightStop,
  tonightWindow,
} from "#tests/support/tonight.ts";

/** Minutes by the phone's clock, and by the steady one where it went otherwise. */
const momentAt = (minutes: number, steady = minutes, page = 1): Moment => ({
  clock: tonightAt + minutes * minuteMs,
  steady: steady * minuteMs,
  page,
});

describe("between two moments of a phone", () => {
  test.each([
    ["both clocks went on", momentAt(0), momentAt(10), 10],
    ["the phone slept, and its steady clock with it", momentAt(0), momentAt(120, 4), 120],
    ["its clock was set back an hour", momentAt(0), momentAt(-50, 10), 10],
    ["the page was loaded again", momentAt(0, 90), momentAt(25, 1, 2), 25],
    ["loaded again, and its clock set back", momentAt(0, 90), momentAt(-5, 1, 2), 0],
  ])("%s", (_name, from, to, minutes) => {
    expect(elapsedMs(from, to)).toBe(minutes * minuteMs);
    expect(secondsBetween(from, to)).toBe(minutes * 60);
  });

  test("no more than a day is sent, and never less than nothing", () => {
    expect(secondsBetween(momentAt(0), momentAt(5_000))).toBe(86_400);
    expect(secondsBetween(momentAt(10), momentAt(0))).toBe(0);
  });
});

test("an answer is stale after three minutes, and after an hour nothing is sure any more", () => {
  const at = (minutes: number) => contactAfter(minutes * minuteMs);
  expect(at(0)).toEqual({ state: "fresh", minutes: 0 });
  expect(at(2.9).state).toBe("fresh");
  expect(at(3)).toEqual({ state: "stale", minutes: 3 });
  expect(at(59.9)).toEqual({ state: "stale", minutes: 59 });
  expect(at(60)).toEqual({ state: "unsure", minutes: 60 });
});

const key = "00000000-0000-4000-8000-000000000001";
const tap = (more: Partial<StayTap> = {}): StayTap => ({
  kind: "stay",
  key,
  planId: "1",
  windowId: "w1",
  order: 1,
  unit: 1,
  arrived: momentAt(-12),
  left: null,
  isAnswer: false,
  isRemoved: false,
  ...more,
});
/** Two units, the second of which comes to the first one's first place. */
const reply = tonightOf(
  tonightWindow(-30, { id: "w1", stops: [tonightStop(1, -20), tonightStop(2, 0)] }),
  tonightWindow(-30, { id: "w2", unit: 2, stops: [tonightStop(1, 0)] }),
);
const clocks = { at: tonightAt, now: momentAt(0) };
const laid = (...taps: readonly Tap[]) => {
  const after = layTaps(reply, taps, clocks);
  expect(tonightReply.safeParse(after).error).toBeUndefined();
  return after.windows.flatMap(({ stops }) => stops);
};

describe("what was tapped here", () => {
  test("is sent as the whole stay, in seconds since, and never ends before it began", () => {
    const sent = (given: StayTap) => stayBody.parse(stayBodyOf(given, momentAt(0)));
    const where = { planId: "1", windowId: "w1", order: 1, isAnswer: false };
    expect(sent(tap())).toEqual({ ...where, arrivedAgo: 720, leftAgo: null });
    expect(sent(tap({ left: momentAt(-2) }))).toEqual({ ...where, arrivedAgo: 720, leftAgo: 120 });
    const odd = tap({ arrived: momentAt(-12, -12, 0), left: momentAt(-40, -12, 0) });
    expect(sent(odd)).toMatchObject({ arrivedAgo: 720, leftAgo: 720 });
  });

  test("shows at once, by the server's clock, as a visit of its place for whoever goes there next", () => {
    const [first, second, others] = laid(tap());
    expect(first).toMatchObject({ visits: 2, stays: [{ key, unit: 1, leftAt: null }] });
    expect(first?.stays[0]?.arrivedAt).toBe(instantAt(-12));
    expect(second).toMatchObject({ visits: 1, stays: [] });
    expect(others).toMatchObject({ visits: 2, stays: [] });
    const [left] = laid(tap({ left: momentAt(-2) }));
    expect(left?.stays).toMatchObject([{ leftAt: instantAt(-2) }]);
  });

  test("a Leave far later than planned shows no end until it is an answer, and an older page's taps are read", () => {
    const leaves = (more: Partial<StayTap>) => laid(tap({ arrived: momentAt(-120), ...more }))[0];
    expect(leaves({ left: momentAt(-91) })?.stays).toMatchObject([{ leftAt: instantAt(-91) }]);
    const [late] = leaves({ left: momentAt(-80) })?.stays ?? [];
    expect(late?.leftAt).toBeNull();
    const answered = leaves({ left: momentAt(-80), isAnswer: true });
    expect(answered?.stays).toMatchObject([{ leftAt: instantAt(-80) }]);
    const { isAnswer: _, ...before } = tap();
    expect(tapForm.parse(before)).toEqual(tap());
  });

  test("two units at one place at the same time are one visit, after each other two", () => {
    const other = { key: crypto.randomUUID(), windowId: "w2", unit: 2 };
    const both = laid(tap(), tap({ ...other, arrived: momentAt(-5) }));
    expect(both.map(({ visits }) => visits)).toEqual([2, 1, 2]);
    const later = tap({ ...other, arrived: momentAt(-1) });
    expect(laid(tap({ left: momentAt(-4) }), later).map(({ visits }) => visits)).toEqual([3, 1, 3]);
  });

  test("fills its place for everybody else, and not for the stay itself", () => {
    const three = { visits: 3 };
    const full = tonightOf(
      tonightWindow(-30, { id: "w1", stops: [tonightStop(1, -20, three)] }),
      tonightWindow(-30, { id: "w2", unit: 2, stops: [tonightStop(1, 0, three)] }),
    );
    const stops = layTaps(full, [tap()], clocks).windows.flatMap((window) => window.stops);
    expect(stops.map(({ visits, isFull }) => [visits, isFull])).toEqual([
      [4, false],
      [4, true],
    ]);
  });

  test("taken back it is gone, known to the server or not, and a number that is not told stays so", () => {
    expect(laid(tap({ isRemoved: true }))).toEqual(reply.windows.flatMap(({ stops }) => stops));
    const known = layTaps(reply, [tap()], clocks);
    const after = layTaps(known, [tap({ isRemoved: true })], clocks);
    expect(after).toEqual(reply);
    const wardens = tonightOf(
      tonightWindow(-30, {
        id: "w1",
        stops: [tonightStop(1, -20, { visits: null, isFull: true })],
      }),
    );
    const [stop] = layTaps(wardens, [tap()], clocks).windows.flatMap((window) => window.stops);
    expect(stop).toMatchObject({ visits: null, isFull: true });
  });

  test("the same stay that the server knows is shown once, as it was tapped last", () => {
    const known = layTaps(reply, [tap()], clocks);
    const [stop] = layTaps(known, [tap({ left: momentAt(-1) })], clocks).windows[0]?.stops ?? [];
    expect(stop).toMatchObject({ visits: 2, stays: [{ key, leftAt: instantAt(-1) }] });
  });

  test("a stay of another phone can be ended here, with the minutes that it has", () => {
    const stay = stayAt(-9, null);
    const given = tonightOf(
      tonightWindow(-30, { id: "w1", stops: [tonightStop(1, -20, { stays: [stay] })] }),
    );
    const known = tapOfStay(given, stay.key, { at: tonightAt + minuteMs, now: momentAt(1) });
    expect(known).toMatchObject({ planId: "1", windowId: "w1", order: 1, unit: 1, left: null });
    expect(stayBodyOf(known as StayTap, momentAt(1)).arrivedAgo).toBe(600);
    expect(tapOfStay(given, key, clocks)).toBeNull();
  });

  test("Seen marks the windows that it names, once", () => {
    const windows = [{ planId: "1", windowId: "w2" }];
    const seen: Tap = { kind: "seen", key, windows, at: momentAt(-3) };
    const after = layTaps(reply, [seen, { ...seen, at: momentAt(-1) }], clocks);
    expect(after.windows.map(({ seenAt }) => seenAt)).toEqual([null, instantAt(-3)]);
  });

  test.each([
    ["a position", { ...tap(), at: [-0.06, 51.6] }],
    ["no key", { ...tap(), key: undefined }],
    ["another kind", { ...tap(), kind: "fix" }],
  ])("kept with %s it is none", (_name, kept) => {
    expect(tapForm.safeParse(JSON.parse(JSON.stringify(kept))).success).toBe(false);
    expect(tapForm.safeParse(JSON.parse(JSON.stringify(tap()))).success).toBe(true);
  });
});
