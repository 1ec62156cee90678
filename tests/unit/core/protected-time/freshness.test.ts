import { expect, test } from "vitest";
import { type CalendarKnowledge, isFresh, judgeCalendars } from "#core/protected-time/freshness.ts";
import { horizonOf } from "#core/protected-time/protected.ts";
import { dayMs } from "#core/time/zone.ts";
import { at, london } from "#tests/support/outreach.ts";

const now = at("2021-11-26T12:00");

function confirmed(local: string, more: Partial<CalendarKnowledge> & { paused?: string } = {}) {
  const { paused, knownUntil = null } = more;
  return {
    report: { state: "confirmed", at: at(local), pausedUntil: paused ?? null },
    knownUntil,
  } as const;
}

/** A plan from Monday 29 November whose last day is given. */
function judge(calendars: readonly CalendarKnowledge[], lastDay = "2021-12-05") {
  const planTo = london.startOfDate(lastDay) + dayMs;
  return judgeCalendars(london, calendars, { planFrom: at("2021-11-29T00:00"), planTo, now });
}

test("confirmed within 7 days, for a plan that ends within 14 days of that: fresh", () => {
  expect(judge([confirmed("2021-11-25T09:00")])).toEqual({
    ok: true,
    calendarsAsAt: at("2021-11-25T09:00"),
    assumed: false,
  });
  expect(judge([confirmed("2021-11-19T23:59")], "2021-12-03")).toMatchObject({ assumed: false });
  expect(judge([confirmed("2021-11-18T23:59")], "2021-11-29")).toMatchObject({ assumed: true });
  expect(judge([confirmed("2021-11-25T09:00")], "2021-12-09")).toMatchObject({ assumed: false });
  expect(judge([confirmed("2021-11-25T09:00")], "2021-12-10")).toMatchObject({ assumed: true });
});

test("the oldest confirmation dates the plan, and one lapsed calendar makes it assumed", () => {
  expect(judge([confirmed("2021-11-25T09:00"), confirmed("2021-09-01T09:00")])).toEqual({
    ok: true,
    calendarsAsAt: at("2021-09-01T09:00"),
    assumed: true,
  });
});

test("a partner who paused is fresh for plans that end by then", () => {
  const paused = confirmed("2021-10-01T09:00", { paused: "2021-12-05" });
  expect(judge([paused])).toMatchObject({ assumed: false });
  expect(judge([paused], "2021-12-06")).toMatchObject({ assumed: true });
});

test("no partner, a calendar never given or unreadable: no plan, with the reason", () => {
  const fresh = confirmed("2021-11-25T09:00");
  const reasonOf = (calendars: readonly CalendarKnowledge[], lastDay?: string) => {
    const state = judge(calendars, lastDay);
    return state.ok ? "" : state.reason;
  };
  expect(reasonOf([])).toContain("no outreach partner has been added");
  expect(reasonOf([fresh, { report: null, knownUntil: null }])).toContain(
    "has not been confirmed yet",
  );
  const unreadable = { state: "unreadable", at: now, pausedUntil: null } as const;
  expect(reasonOf([fresh, { report: unreadable, knownUntil: null }])).toContain(
    "could not be read",
  );
  expect(reasonOf([fresh], "2022-05-28")).toContain("26 weeks ahead");
  const short = confirmed("2021-11-25T09:00", { knownUntil: "2021-12-04" });
  expect(reasonOf([fresh, short])).toContain("not known that far ahead");
  expect(reasonOf([fresh, short], "2021-12-04")).toBe("");
  for (const reason of [reasonOf([]), reasonOf([fresh, short])]) {
    expect(reason).toMatch(/^No suggestion: .*\.$/);
    expect(reason).not.toMatch(/\d of \d|partners/);
  }
});

test("only a confirmed calendar is fresh, and only known dates can be planned for", () => {
  const planTo = london.startOfDate("2021-12-05") + dayMs;
  const period = { planFrom: at("2021-11-29T00:00"), planTo, now };
  const fresh = { state: "confirmed", at: at("2021-11-25T09:00"), pausedUntil: null } as const;
  expect(isFresh(london, fresh, period)).toBe(true);
  expect(isFresh(london, { ...fresh, state: "unreadable" }, period)).toBe(false);
  // Known until the plan's last day is enough; a day less is not.
  expect(judge([confirmed("2021-11-25T09:00", { knownUntil: "2021-12-05" })]).ok).toBe(true);
  const short = judge([confirmed("2021-11-25T09:00", { knownUntil: "2021-12-04" })]);
  expect(short.ok ? "" : short.reason).toContain("not known that far ahead");
});

test("a plan may end as protected time stops being known, and not a moment later", () => {
  const judgeTo = (planTo: number) =>
    judgeCalendars(london, [confirmed("2021-11-25T09:00")], { planFrom: now, planTo, now });
  const horizon = horizonOf(now);
  expect(judgeTo(horizon).ok).toBe(true);
  const later = judgeTo(horizon + 1);
  expect(later.ok ? "" : later.reason).toContain("26 weeks ahead");
});
