import { expect, test } from "vitest";
import { describeBoundaries } from "#core/places/boundaries.ts";
import type { BoundaryResult } from "#core/places/wire/imports.ts";

const result: BoundaryResult = {
  kind: "ward",
  dryRun: false,
  fileName: "wards.geojson",
  features: 42,
  kept: 40,
  outside: 2,
  codeProperty: "WD22CD",
  nameProperty: "WD22NM",
  repaired: [
    {
      name: "Bowes",
      fault: "Self-intersection",
      at: "-0.09, 51.6",
      before: 1_200_000,
      after: 12_500_000,
    },
  ],
  overlaps: [{ first: "Bowes", second: "Bounds Green", squareMetres: 640 }],
  overlapCount: 3,
  uncovered: 117_000,
  eventsByCell: 1_234,
  notes: ["A note."],
};

test("what was put right, what overlaps and what counts by cell are said in order", () => {
  expect(describeBoundaries(result)).toEqual([
    "42 areas read, 40 kept as wards, 2 outside the area.",
    'Codes from "WD22CD", names from "WD22NM".',
    "Bowes: Self-intersection near -0.09, 51.6, put right; 120.0 ha as drawn, 12.5 km² as kept.",
    "Bowes and Bounds Green overlap by 640 m²; an event there belongs to the first by name.",
    "2 more pairs overlap.",
    "11.7 ha of the area are in none of these.",
    "1,234 events carried a ward that went or has another line: they count by their cell.",
    "A note.",
  ]);
});

test("a sound set says no more than it must, and a check says what would be", () => {
  const sound = {
    ...result,
    dryRun: true,
    repaired: [],
    overlaps: [],
    overlapCount: 0,
    uncovered: 9_000,
    eventsByCell: 0,
    notes: [],
  };
  expect(describeBoundaries(sound)).toEqual([
    "42 areas read, 40 would be saved as wards, 2 outside the area.",
    'Codes from "WD22CD", names from "WD22NM".',
  ]);
});
