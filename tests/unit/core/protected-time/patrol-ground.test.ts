import { expect, test } from "vitest";
import { disk, type Position } from "#core/geo/cell.ts";
import { commandStudySet } from "#core/places/command.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { groundFault } from "#core/protected-time/ground.ts";
import { footprintGroundFault, patrolGroundOf } from "#core/protected-time/patrol-ground.ts";
import { bundledStudy, readBundledPlaces } from "#tests/support/bundled-places.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";

const { areas } = readBundledPlaces();
const ground = patrolGroundOf(commandStudySet(areas));
const faultAt = (at: Position) => footprintGroundFault(ground, footprintOf(circleAt(at)));

test("a place in the command is taken; one in central London or beyond the edge is refused in words", () => {
  expect(faultAt(corner)).toBeNull();
  for (const at of [
    [-0.1, 51.5],
    [0.0005, 51.6303],
    [-0.0303, 51.7002],
  ] as const) {
    // Near enough not to be a slip of the finger: that check lets it through.
    expect(groundFault({ kind: "circle", at, radiusM: 150 }, ground)).toBeNull();
    const fault = faultAt(at) ?? "";
    expect(fault).toContain("outside Enfield and Haringey");
    expect(fault).toContain("plans no patrols there");
    expect(fault).not.toMatch(/\d/);
  }
});

test("every cell that a patrol can stop at, and those beside it, is ground", () => {
  const study = bundledStudy();
  for (const cell of study.cells) expect(ground.touches([cell])).toBe(true);
  const beside = study.cells
    .filter((_, index) => index % 40 === 0)
    .flatMap((cell) => disk(cell, 2));
  expect(beside.every((cell) => ground.touches([cell]))).toBe(true);
});
