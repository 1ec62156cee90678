import { describe, expect, test } from "vitest";
import {
  gapsOf,
  livingWeek,
  lostPatrols,
  type Patrol,
  weekTotals,
} from "#client/patrols/living-week.ts";
import { weekCheck } from "#client/patrols/plan-check.ts";
import { coverageSentence, weekSentence } from "#client/patrols/week-words.ts";
import {
  type PlanReply,
  sealCheck,
  type WindowReply,
  type WindowStatus,
} from "#core/patrols/wire/plan.ts";
import { createZone } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const span = { from: "2021-11-29", days: 7 };

function windowOf(
  id: string,
  status: WindowStatus,
  start: string,
  more: Partial<WindowReply> = {},
): WindowReply {
  const end = new Date(Date.parse(`${start}:00Z`) + 90 * 60_000).toISOString();
  return {
    id,
    status,
    start: `${start}:00+00:00`,
    end,
    unit: 1,
    expected: 0.4,
    share: 0.02,
    locked: false,
    purpose: "patrol",
    stops: [],
    checked: null,
    zone: "a",
    ...more,
  } as unknown as WindowReply;
}

function planOf(
  id: string | null,
  status: PlanReply["status"],
  windows: WindowReply[],
  more: Partial<PlanReply> = {},
): PlanReply {
  const standing = windows.filter((one) => one.status === "agreed" || one.status === "suggested");
  const share = standing.reduce((sum, one) => sum + one.share, 0);
  return {
    id,
    status,
    windows,
    ...span,
    changedAt: "2021-11-26T10:00:00+00:00",
    agreedAt: status === "agreed" ? "2021-11-26T09:00:00+00:00" : null,
    totals: { windows: standing.length, minutes: 90 * standing.length, stops: 0, share },
    origin: "planner",
    forecast: { method: { timed: 1 }, total: { expected: 20, low: 15, high: 27 } },
    ...more,
  } as unknown as PlanReply;
}

const approved = planOf("1", "agreed", [
  windowOf("w1", "agreed", "2021-11-29T18:00"),
  windowOf("w2", "unavailable", "2021-11-30T18:00"),
]);
const suggestion = planOf("2", "suggested", [
  windowOf("w1", "suggested", "2021-12-01T18:00"),
  windowOf("w2", "suggested", "2021-12-02T18:00", { expected: 0.02, share: 0.001 }),
]);
const keys = ({ patrols }: { patrols: readonly Patrol[] }) => patrols.map(({ key }) => key);

describe("one week of all plans of its days", () => {
  test("approved patrols and lost ones stand beside a suggestion, whichever is in hand", () => {
    const plans = [suggestion, approved];
    const week = livingWeek(plans, suggestion, span);
    expect(keys(week)).toEqual(["w1", "w2", "1-w1", "1-w2"]);
    expect(week.open.map(({ key }) => key)).toEqual(["w1", "w2"]);
    expect(week.approved).toEqual([approved]);
    const other = livingWeek(plans, approved, span);
    expect(keys(other)).toEqual(["w1", "w2", "2-w1", "2-w2"]);
    expect(other.open.map(({ plan }) => plan.id)).toEqual(["2", "2"]);
    expect([...week.ranks.values()].sort()).toEqual([1, 2, 3]);
  });

  test("while a suggestion is being made, what is approved stands beside its first plan", () => {
    const first = { ...suggestion, id: null };
    expect(keys(livingWeek([approved], first, span))).toEqual(["w1", "w2", "1-w1", "1-w2"]);
  });

  test("a discarded suggestion leaves what is approved as it was, with the same check", () => {
    const checked = sealCheck({ at: "2021-11-26T10:42:00+00:00", ok: true });
    const kept = { ...approved, windows: approved.windows.map((one) => ({ ...one, checked })) };
    const gone = planOf("2", "withdrawn", [
      windowOf("w1", "withdrawn", "2021-12-01T18:00"),
      windowOf("w2", "unavailable", "2021-12-02T18:00"),
    ]);
    const alone = livingWeek([kept], kept, span);
    const week = livingWeek([gone, kept], kept, span);
    expect(keys(week)).toEqual(keys(alone));
    expect(weekSentence(kept, week)).toBe(weekSentence(kept, alone));
    const heard = { readAt: 2, toldAt: 1 };
    expect(weekCheck(week.patrols, heard)).toEqual({
      state: "clear",
      at: "2021-11-26T10:42:00+00:00",
    });
  });

  test("of two new suggestions the one in hand is drawn, else the newest", () => {
    const colleague = { ...suggestion, id: "3" };
    const plans = [colleague, suggestion, approved];
    expect(livingWeek(plans, suggestion, span).open.map(({ plan }) => plan.id)).toEqual(["2", "2"]);
    expect(livingWeek(plans, approved, span).open.map(({ plan }) => plan.id)).toEqual(["3", "3"]);
  });

  test("patrols of other plans count on these days alone; one after midnight is of the evening before", () => {
    const wide = planOf("4", "agreed", [
      windowOf("w1", "agreed", "2021-12-06T00:30"),
      windowOf("w2", "agreed", "2021-12-06T18:00"),
      windowOf("w3", "agreed", "2021-11-29T00:30"),
    ]);
    expect(keys(livingWeek([wide, approved], approved, span))).toEqual(["w1", "w2", "4-w1"]);
  });

  test("the cost is that of the whole week", () => {
    const week = livingWeek([suggestion, approved], suggestion, span);
    expect(weekTotals(week, suggestion)).toMatchObject({ windows: 3, minutes: 270 });
    expect(weekTotals(week, suggestion).share).toBeCloseTo(0.041);
  });

  test("a check of any of its plans that is not known to hold speaks for the week", () => {
    const checked = sealCheck({ at: "2021-11-26T10:42:00+00:00", ok: true });
    const sealed = (plan: PlanReply, changedAt: string) => ({
      ...plan,
      changedAt,
      windows: plan.windows.map((one) => ({ ...one, checked })),
    });
    const old = sealed(approved, "2021-11-26T11:00:00+00:00");
    const fresh = sealed(suggestion, "2021-11-26T10:00:00+00:00");
    const { patrols } = livingWeek([fresh, old], fresh, span);
    expect(weekCheck(patrols, { readAt: 2, toldAt: 1 })).toEqual({ state: "outdated" });
  });

  test("lost are approved patrols still to come, never those of a suggestion", () => {
    const week = livingWeek([suggestion, approved], suggestion, span);
    const lost = (now: string) => lostPatrols(week, Date.parse(now)).map(({ key }) => key);
    expect(lost("2021-11-29T12:00Z")).toEqual(["1-w2"]);
    expect(lost("2021-11-30T19:00Z")).toEqual([]);
  });
});

describe("what the hours buy, in words", () => {
  const said = (one: PlanReply, plans: readonly PlanReply[] = []) =>
    weekSentence(one, livingWeek(plans, one, span));
  const forecast = (timed: number) =>
    ({ method: { timed }, total: suggestion.forecast?.total }) as PlanReply["forecast"];

  test("patrols and hours as the bar has them, and where; then which suggested ones add almost nothing", () => {
    expect(said(suggestion, [approved])).toBe(
      "1 of 3 patrols approved, 1 h 30 min of 4 h 30 min, at the busiest places in their busiest hours. 1 suggested patrol adds almost nothing.",
    );
    expect(said(approved)).toBe(
      "1 patrol approved, 1 h 30 min, at the busiest places in their busiest hours.",
    );
    expect(said(planOf("2", "withdrawn", []))).toBe("No patrols for Mon 29 Nov to Sun 5 Dec.");
  });

  test("how much more any plan with these shifts could cover, as long as the plan stands as it was suggested", () => {
    const whole = { ...suggestion, asSuggested: true as const, gap: 0.0155 };
    expect(said(whole)).toMatch(
      /^2 patrols suggested, 3 h, .* hours; no plan with these shifts covers over 2% more\./,
    );
    expect(said({ ...whole, gap: 0 })).toContain("; no plan with these shifts covers more.");
    expect(said(whole, [approved])).not.toContain("no plan with");
    expect(said({ ...suggestion, gap: 0.0155 })).not.toContain("no plan with");
  });

  test("to watch a boundary under alert is never almost nothing", () => {
    const watch = suggestion.windows.map((one) => ({ ...one, purpose: "watch" as const }));
    expect(said({ ...suggestion, windows: watch }, [approved])).not.toContain("almost nothing");
  });

  test("without times of day no hour is called busiest, and by hand no place either", () => {
    expect(said({ ...approved, forecast: forecast(0.1) })).toBe(
      "1 patrol approved, 1 h 30 min, at the busiest places (most reports have no time of day: any hour of a shift counts alike).",
    );
    expect(said({ ...approved, origin: "by_hand" })).toBe("1 patrol approved, 1 h 30 min.");
  });

  test("where all of them bring next to nothing, how little that is", () => {
    const windows = ["w1", "w2"].map((id) =>
      windowOf(id, "suggested", "2021-12-01T18:00", { expected: 0.0096 }),
    );
    expect(said({ ...suggestion, windows })).toMatch(/\. Each covers under 1 report a year\.$/);
    // Said of each, so that one that covers more takes it away, however little the others do.
    const more = windowOf("w3", "suggested", "2021-12-02T18:00", { expected: 0.021 });
    expect(said({ ...suggestion, windows: [...windows, more] })).not.toContain("a year");
  });

  test("the share of the forecast with its range, behind a click", () => {
    const plan = planOf("2", "suggested", [
      windowOf("w1", "suggested", "2021-12-01T18:00", { expected: 1.2, share: 0.05 }),
    ]);
    const covers = (one: PlanReply) => coverageSentence(one, livingWeek([], one, span));
    expect(covers(plan)).toBe("Covers about 1 in 20 forecast reports: 1.2 of 24.0 (15 to 27).");
    expect(covers({ ...plan, forecast: null })).toBe(
      "Covers about 1 in 20 forecast reports: 1.2 of 24.0.",
    );
    const early = {
      ...plan.forecast,
      total: { expected: 24 },
      reach: null,
    } as PlanReply["forecast"];
    expect(covers({ ...plan, forecast: early })).toBe(
      "Covers about 1 in 20 forecast reports: 1.2 of 24.0 (no 80% range yet).",
    );
    const shareOf = (share: number) => covers({ ...plan, totals: { ...plan.totals, share } });
    expect(shareOf(0.6)).toContain("about 60% of the forecast reports");
    expect(shareOf(0)).toContain("none of the forecast reports");
  });
});

describe("gaps", () => {
  const body = { from: "2021-11-29", days: 2, units: 2, shifts: ["14:00-22:00", "22:00-02:00"] };
  const now = Date.parse("2021-11-26T10:00Z");

  test("shifts of a unit in which no patrol is approved or locked", () => {
    const { patrols } = livingWeek([], approved, span);
    expect(gapsOf(zone, body, [], { now, staffing: null })).toBe(8);
    expect(gapsOf(zone, body, patrols, { now, staffing: null })).toBe(7);
    const plan = planOf("2", "suggested", [
      windowOf("w1", "suggested", "2021-11-29T18:00"),
      windowOf("w2", "suggested", "2021-11-29T19:45", { unit: 2, locked: true }),
    ]);
    const suggested = livingWeek([], plan, span).patrols;
    expect(gapsOf(zone, body, suggested, { now, staffing: null })).toBe(7);
  });

  test("a shift that is nearly over is none; on staffed dates those on duty count", () => {
    const late = Date.parse("2021-11-29T21:30Z");
    expect(gapsOf(zone, body, [], { now: late, staffing: null })).toBe(6);
    const duty = (unit: number, from: string, to: string) => ({
      unit,
      from: Date.parse(from),
      to: Date.parse(to),
      mode: "foot" as const,
      free: [],
    });
    const staffing = {
      dates: ["2021-11-29"],
      duties: [
        duty(3, "2021-11-29T14:00Z", "2021-11-29T22:00Z"),
        duty(4, "2021-11-29T21:30Z", "2021-11-29T22:00Z"),
      ],
    };
    expect(gapsOf(zone, body, [], { now, staffing })).toBe(5);
  });
});
