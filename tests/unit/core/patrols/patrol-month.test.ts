import { expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { patrolMonthOf } from "#core/patrols/done/patrol-month.ts";
import { dayMs, hourMs, minuteMs } from "#core/time/zone.ts";
import { at, corner, london } from "#tests/support/outreach.ts";

const cell = cellAt(corner, 10);
const span = { from: london.startOfDate("2021-10-01"), to: london.startOfDate("2021-11-01") };

/** A patrol of two stops of 15 minutes, 20 apart, in the evening shift of its day. */
function patrol(id: string, start: number) {
  const shiftStart = london.startOfDate(london.dateOf(start - 6 * hourMs)) + 18 * hourMs;
  const stops = [0, 20].map((minutes) => {
    const arrive = start + minutes * minuteMs;
    return { cell, arrive, depart: arrive + 15 * minuteMs };
  });
  return { id, start, shiftStart, shiftEnd: shiftStart + 8 * hourMs, stops };
}

const debriefOf = (window: ReturnType<typeof patrol>, ...outcomes: readonly string[]) => ({
  ...window,
  outcomes: outcomes.map((outcome) => ({ windowId: window.id, outcome })),
});

test("a patrol counts by its start, a stop by its own, a debrief by the patrols that it tells of", () => {
  const eve = patrol("1", at("2021-09-30T23:50"));
  const [done, missed, open] = [
    patrol("2", at("2021-10-05T19:00")),
    patrol("3", at("2021-10-06T19:00")),
    patrol("4", at("2021-10-07T19:00")),
  ];
  const last = patrol("5", at("2021-10-31T23:45"));
  const month = patrolMonthOf({
    span,
    windows: [eve, done, missed, open, last],
    debriefs: [
      debriefOf(eve, "done", "done"),
      debriefOf(done, "done", "emergency"),
      debriefOf(missed, "weather", "not_done"),
    ],
    logged: [{ cell, visits: 3, minutes: 50 }],
  });
  expect(month).toEqual({
    patrols: 4,
    withoutDebrief: 2,
    delivered: 1,
    // The second stop of the eve began after midnight, that of the last night did as well.
    planned: { visits: 8, minutes: 120 },
    logged: { visits: 3, minutes: 50, byCell: [{ cell, visits: 3, minutes: 50 }] },
  });
});

test("a month without patrols has none", () => {
  expect(
    patrolMonthOf({
      span: { from: span.from - 30 * dayMs, to: span.from },
      windows: [],
      debriefs: [],
      logged: [],
    }),
  ).toEqual({
    patrols: 0,
    withoutDebrief: 0,
    delivered: 0,
    planned: { visits: 0, minutes: 0 },
    logged: { visits: 0, minutes: 0, byCell: [] },
  });
});
