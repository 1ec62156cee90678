import { expect, test } from "vitest";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { secondPersonReason } from "#core/protected-time/session.ts";
import { firstShownDate, lastShownDate, shownUntil } from "#core/protected-time/shown-until.ts";
import { at, circleAt, corner, london, single } from "#tests/support/outreach.ts";

const evening = single("2021-11-26", "18:00", "00:00");

function asked(given: { cells?: readonly string[]; end?: string }) {
  const { cells = footprintOf(circleAt(corner)), end = "20:00" } = given;
  return secondPersonReason({ cells, rule: { ...evening, end } });
}

test("a second person is asked about more ground than any usual place, or more than 6 hours, and about no less", () => {
  const large = footprintOf(circleAt(corner, 400, true));
  expect(asked({ cells: footprintOf(circleAt(corner, 400)), end: "00:00" })).toBeNull();
  expect(asked({ cells: large })).toBe("larger than about 1.5 km across");
  expect(asked({ end: "00:01" })).toBe("longer than 6 hours");
  expect(asked({ cells: large, end: "06:00" })).toBe(
    "larger than about 1.5 km across and longer than 6 hours",
  );
});

test("what it goes by is the number of cells, whatever the shape", () => {
  const cells = (count: number) => Array.from({ length: count }, (_, at) => String(at));
  expect(asked({ cells: cells(140) })).toBeNull();
  expect(asked({ cells: cells(141) })).toBe("larger than about 1.5 km across");
});

test("police are shown today and 14 days more, whole days of London", () => {
  expect(lastShownDate("2021-11-26")).toBe("2021-12-10");
  expect(firstShownDate("2021-12-10")).toBe("2021-11-26");
  expect(shownUntil(london, "2021-11-26")).toBe(at("2021-12-11T00:00"));
  // Over the change of October the last day ends an hour later by time passed.
  expect(shownUntil(london, "2021-10-20")).toBe(at("2021-11-04T00:00"));
});
