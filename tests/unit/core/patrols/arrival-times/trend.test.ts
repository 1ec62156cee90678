import { expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import {
  type ApprovedArrival,
  arrivalTimesOf,
  scoreSpan,
  trendSpan,
} from "#core/patrols/arrival-times/trend.ts";
import { addDays, createZone, hourMs, minuteMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const cell = cellAt([-0.0693, 51.5941], 10);
const plan = { id: "9", from: "2021-11-29", days: 7, shifts: ["14:00-22:00"] };

/** One visit on a Tuesday of so many weeks before the plan, in the shift from 14:00. */
function visit(weeksBefore: number, time: string, planId = `w${weeksBefore}`): ApprovedArrival {
  const date = addDays(plan.from, 1 - 7 * weeksBefore);
  const local = (text: string) => zone.toInstant(Date.parse(`${date}T${text}Z`), "earlier");
  const shiftStart = local("14:00");
  return { planId, cell, arrive: local(time), shiftStart, shiftEnd: shiftStart + 8 * hourMs };
}

const own = ({ planId: _, ...rest }: ApprovedArrival) => rest;

test("the week before looks back eight weeks, and the plan counts as if it were approved", () => {
  const timesAfter = (...weeks: number[]) => {
    const approved = weeks.map((week) => visit(week, "20:00"));
    return arrivalTimesOf(plan, { approved, own: [own(visit(0, "16:30"))], zone });
  };
  expect(timesAfter(9, 1).before).toEqual({ score: null, guessed: null });
  expect(timesAfter(8, 1).before).toEqual({ score: 0, guessed: 1 });
  expect(timesAfter(3, 2).before).toEqual({ score: null, guessed: null });
  const times = timesAfter(3, 2, 1);
  expect(times.before.score).toBe(0);
  // Always the same time, then one of four elsewhere: of the three after the first two are guessed, where chance
  // guesses one of 16.
  expect(times.score).toBeCloseTo((1 - 2 / 3) / (1 - 1 / 16), 4);
  expect(times.guessed).toBeCloseTo(2 / 3, 4);
});

test("what is stored of the plan itself is not counted twice, other plans of these days are", () => {
  const approved = [visit(1, "20:00"), visit(0, "20:00", plan.id)];
  const mine = [own(visit(0, "20:00"))];
  const score = (more: readonly ApprovedArrival[]) =>
    arrivalTimesOf(plan, { approved: [...approved, ...more], own: mine, zone }).score;
  expect(score([])).toBe(0);
  expect(score([visit(0, "16:00", "10")])).toBeGreaterThan(0.5);
});

test("nine weeks ago is over, and a shift belongs to the date on which it starts", () => {
  const sunday = addDays(plan.from, 6);
  const start = zone.toInstant(Date.parse(`${sunday}T22:00Z`), "earlier");
  const late = {
    cell,
    arrive: start + 150 * minuteMs,
    shiftStart: start,
    shiftEnd: start + 4 * hourMs,
  };
  const score = (week: number) =>
    arrivalTimesOf(plan, { approved: [visit(week, "20:00")], own: [late], zone }).score;
  expect(score(7)).toBe(1);
  expect(score(8)).toBeNull();
});

test("the spans that are read are those of the scores, over a change of the clocks", () => {
  const day = (date: string) => zone.startOfDate(date);
  expect(scoreSpan(zone, plan)).toEqual({ from: day("2021-10-11"), to: day("2021-12-06") });
  expect(trendSpan(zone, plan)).toEqual({ from: day("2021-10-04"), to: day("2021-12-06") });
  // Of a plan of 28 days too.
  const long = { ...plan, days: 28 };
  expect(trendSpan(zone, long).from).toBeLessThanOrEqual(scoreSpan(zone, long).from);
});
