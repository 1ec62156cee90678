import { expect, test } from "vitest";
import * as settings from "#core/protected-time/settings.ts";

test("the numbers of a protected footprint and of protected time are those that were agreed", () => {
  expect({ ...settings }).toEqual({
    latticeResolution: 9,
    widerResolution: 8,
    nearM: 25,
    radiusClassesM: [100, 150, 200, 300, 400],
    usualRadiusM: 150,
    outlineClassM: 100,
    footprintRings: 1,
    mostLatticeCells: 250,
    leastAreaM2: 1_960,
    mostAcrossM: 3_000,
    mostCorridorM: 5_000,
    leastHalfWidthM: 25,
    mostHalfWidthM: 250,
    usualHalfWidthM: 50,
    mostOutlineCorners: 80,
    marginMinutes: 30,
    roundingMinutes: 30,
    horizonWeeks: 26,
    lateHours: 24,
    askedHours: 12,
    secondPersonCells: 140,
    secondPersonHours: 6,
    leavingWaitsMs: 86_400_000,
    takeBackMinutes: 60,
    freshDays: 7,
    planDays: 14,
    assumedHours: 1,
    keepClearDays: 14,
  });
});
