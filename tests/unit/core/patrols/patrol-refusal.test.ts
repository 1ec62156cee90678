import { describe, expect, test } from "vitest";
import { cellAt, type H3Cell, neighboursOf } from "#core/geo/cell.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { nearestFit, notAvailableWords, refusalSentence } from "#core/patrols/plan/refusal.ts";
import { createZone, hourMs, minuteMs, parseLocal } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const cell = cellAt([-0.0644, 51.6147], 10);
const near = neighboursOf(cell)[0] as H3Cell;
const at = (local: string) => zone.toInstant(parseLocal(local), "earlier");
const span = (from: string, minutes: number) => ({
  from: at(from),
  to: at(from) + minutes * minuteMs,
});
const within = { from: at("2021-11-26T14:00"), to: at("2021-11-27T02:00") };
const closed = createClosedTime([{ ...span("2021-11-26T20:00", 90), cells: [cell] }]);

/** Where these cells are open and somebody is on duty. */
function nearest(
  closedTime: typeof closed,
  cells: readonly H3Cell[],
  asked: { from: number; to: number },
  duty: { from: number; to: number },
) {
  return nearestFit(asked, [duty], (start, end) =>
    cells.every((one) => closedTime.isClear(one, start, end)),
  );
}

describe("the nearest time that fits", () => {
  test("touches closed time on whichever side is nearer", () => {
    expect(nearest(closed, [cell], span("2021-11-26T20:45", 90), within)).toEqual(
      span("2021-11-26T21:30", 90),
    );
    expect(nearest(closed, [cell], span("2021-11-26T19:00", 90), within)).toEqual(
      span("2021-11-26T18:30", 90),
    );
  });

  test("is the time asked for where nothing is in the way", () => {
    const asked = span("2021-11-26T21:30", 90);
    expect(nearest(closed, [cell], asked, within)).toEqual(asked);
    expect(nearest(closed, [near], span("2021-11-26T20:30", 90), within)).toEqual(
      span("2021-11-26T20:30", 90),
    );
  });

  test("is clear for every cell of the route at once", () => {
    const both = createClosedTime([
      { ...span("2021-11-26T20:00", 90), cells: [cell] },
      { ...span("2021-11-26T21:30", 60), cells: [near] },
    ]);
    expect(nearest(both, [cell, near], span("2021-11-26T21:00", 60), within)).toEqual(
      span("2021-11-26T22:30", 60),
    );
  });

  test("stays inside its limits, and may not exist", () => {
    const late = { from: within.from, to: at("2021-11-26T22:00") };
    expect(nearest(closed, [cell], span("2021-11-26T21:00", 90), late)).toEqual(
      span("2021-11-26T18:30", 90),
    );
    const none = { from: at("2021-11-26T20:00"), to: at("2021-11-26T21:30") };
    expect(nearest(closed, [cell], span("2021-11-26T20:00", 60), none)).toBeNull();
  });
});

test("it lies in one stretch of duty, never across the change of shift", () => {
  const late = { from: at("2021-11-26T14:00"), to: at("2021-11-26T22:00") };
  const night = { from: late.to, to: at("2021-11-27T02:00") };
  const free = () => true;
  expect(nearestFit(span("2021-11-26T21:10", 90), [late, night], free)).toEqual(
    span("2021-11-26T20:30", 90),
  );
  expect(nearestFit(span("2021-11-26T21:40", 90), [late, night], free)).toEqual(
    span("2021-11-26T22:00", 90),
  );
  expect(nearestFit(span("2021-11-28T15:00", 90), [late, night], free)).toBeNull();
});

test("a refusal says when, and nothing else", () => {
  const fits = span("2021-11-26T21:30", 90);
  expect(refusalSentence(zone, notAvailableWords, fits)).toBe(
    "Not available at that time. Nearest time that fits: Fri 26 Nov 21:30 to 23:00.",
  );
  expect(refusalSentence(zone, notAvailableWords, null)).toBe(
    "Not available at that time. Choose another time or place.",
  );
});

test("closed time an hour longer on the autumn night is answered on the wall clock", () => {
  const night = createClosedTime([
    { from: at("2021-10-31T00:30"), to: at("2021-10-31T00:30") + 2 * hourMs, cells: [cell] },
  ]);
  const found = nearest(night, [cell], span("2021-10-31T00:45", 60), {
    from: at("2021-10-31T00:30"),
    to: at("2021-10-31T06:00"),
  });
  // 00:30 to 01:30 GMT, the second of the two.
  expect(refusalSentence(zone, notAvailableWords, found)).toContain("Sun 31 Oct 01:30 to 02:30");
});
