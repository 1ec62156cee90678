import { expect, test } from "vitest";
import { monthParts } from "#core/displacement/timeline.ts";
import { assessmentWindows } from "#core/displacement/windows.ts";
import { hourMs } from "#core/time/zone.ts";
import { london, windowsFrom } from "#tests/support/displacement.ts";

const operation = {
  zone: london,
  startsOn: "2021-08-01",
  endsOn: null,
  asAtDate: "2021-11-26",
} as const;

test("after runs to as-at, before is as long and ends the day before the start", () => {
  const { before, after } = windowsFrom("2021-08-01", "2021-11-26");
  expect([after.from, after.to, after.days]).toEqual(["2021-08-01", "2021-11-26", 118]);
  expect([before.from, before.to, before.days]).toEqual(["2021-04-05", "2021-07-31", 118]);
  expect(before.endsAt).toBe(after.startsAt);
});

test("days are days of the London calendar across a clock change", () => {
  const { after } = windowsFrom("2021-10-31", "2021-10-31");
  expect(after.endsAt - after.startsAt).toBe(25 * hourMs);
});

test("an operation that ended is judged to its last day, one that goes on to as-at", () => {
  const ended = assessmentWindows({ ...operation, endsOn: "2021-09-30" });
  expect(ended).toMatchObject({ ok: true, value: { after: { to: "2021-09-30", days: 61 } } });
  const later = assessmentWindows({ ...operation, endsOn: "2022-01-31" });
  expect(later).toMatchObject({ ok: true, value: { after: { to: "2021-11-26" } } });
});

test("days can be chosen for either side", () => {
  const chosen = assessmentWindows({ ...operation, beforeDays: 365, afterDays: 30 });
  expect(chosen).toMatchObject({
    ok: true,
    value: {
      before: { from: "2020-08-01", to: "2021-07-31", days: 365 },
      after: { from: "2021-08-01", to: "2021-08-30", days: 30 },
    },
  });
  const same = assessmentWindows({ ...operation, afterDays: 10 });
  expect(same).toMatchObject({ ok: true, value: { before: { days: 10 } } });
});

test("what is not known yet is refused in words", () => {
  const future = assessmentWindows({ ...operation, startsOn: "2021-12-01" });
  expect(future).toMatchObject({ ok: false, reason: expect.stringContaining("after 2021-11-26") });
  const long = assessmentWindows({ ...operation, afterDays: 119 });
  expect(long).toMatchObject({ ok: false, reason: expect.stringContaining("there are only 118") });
});

test("the period after is cut at the ends of months, the last one at its own end", () => {
  const { after } = windowsFrom("2021-08-17", "2021-11-26");
  const slices = monthParts(london, after.from, after.to);
  expect(slices.map(({ month, to, days }) => [month, to, days])).toEqual([
    ["2021-08", "2021-08-31", 15],
    ["2021-09", "2021-09-30", 30],
    ["2021-10", "2021-10-31", 31],
    ["2021-11", "2021-11-26", 26],
  ]);
  expect(slices.at(-1)?.endsAt).toBe(after.endsAt);
});
