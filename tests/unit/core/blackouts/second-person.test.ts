import { expect, test } from "vitest";
import { footprintOfCircle } from "#core/blackouts/footprint.ts";
import { secondPersonReason } from "#core/blackouts/second-person.ts";
import { firstShownDate, lastShownDate, shownUntil } from "#core/blackouts/shown-until.ts";
import { at, corner, london, single } from "#tests/support/outreach.ts";

const evening = single("2021-11-26", "18:00", "00:00");

function asked(given: { radiusM?: number; cellCount?: number; end?: string }) {
  const { radiusM = 150, cellCount = 40, end = "20:00" } = given;
  return secondPersonReason({ radiusM, cellCount, rule: { ...evening, end } });
}

test("a second person is asked about more than 400 m or more than 6 hours, and about no less", () => {
  expect(asked({ radiusM: 400, end: "00:00" })).toBeNull();
  expect(asked({ radiusM: 401 })).toBe("larger than 400 m around its middle");
  expect(asked({ end: "00:01" })).toBe("longer than 6 hours");
  expect(asked({ radiusM: 1_000, end: "06:00" })).toBe(
    "larger than 400 m around its middle and longer than 6 hours",
  );
});

test("an area or a route goes by its cells: as many as a circle of 400 m has are few", () => {
  const ofCircle = footprintOfCircle(corner, 400 + 150).length;
  expect(ofCircle).toBeGreaterThan(120);
  expect(asked({ radiusM: 200, cellCount: ofCircle })).toBeNull();
  expect(asked({ radiusM: 200, cellCount: 136 })).toBeNull();
  expect(asked({ radiusM: 200, cellCount: 137 })).toBe("larger than 400 m around its middle");
});

test("police are shown today and 14 days more, whole days of London", () => {
  expect(lastShownDate("2021-11-26")).toBe("2021-12-10");
  expect(firstShownDate("2021-12-10")).toBe("2021-11-26");
  expect(shownUntil(london, "2021-11-26")).toBe(at("2021-12-11T00:00"));
  // Over the change of October the last day ends an hour later by time passed.
  expect(shownUntil(london, "2021-10-20")).toBe(at("2021-11-04T00:00"));
});
