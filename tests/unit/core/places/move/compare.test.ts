import { expect, test } from "vitest";
import { cellsInside } from "#core/places/command.ts";
import { cellsLost, compareGrounds, type Ground } from "#core/places/move/compare.ts";
import { describeMove } from "#core/places/move/words.ts";
import type { Area } from "#core/places/wire/places.ts";
import { block, type MadeUpArea } from "#tests/support/pack-files.ts";

const part = ({ name, ring }: MadeUpArea, code = `C-${name}`): Area => ({
  code,
  name,
  kind: "borough",
  inCommand: true,
  polygons: [[[...ring].map(([lng, lat]): [number, number] => [lng, lat])]],
});
const ground = (name: string, areas: readonly Area[]): Ground => ({
  name,
  areas: [...areas],
  gazetteer: { neighbourhoods: [] },
});
const two = ground("Alder and Birch", [
  part(block("Alder", [0, 0, 2, 2])),
  part(block("Birch", [2, 0, 4, 2])),
]);
const cellsOf = ({ areas }: Ground) => cellsInside(areas, 10);
/** One record in every cell that is ever in either. */
const everywhere = (...all: readonly Ground[]) =>
  new Map(all.flatMap(cellsOf).map((cell) => [cell, 1] as const));
const none = {
  patrols: 0,
  operations: 0,
  runningOperations: 0,
  alerts: 0,
  placePlans: 0,
  patrolPartners: 0,
  agreements: 0,
  liaisons: 0,
  releases: 0,
};

test("two boroughs become one: every cell changes its part, and none leaves or comes in", () => {
  const one = ground("Ashfield", [part(block("Ashfield", [0, 0, 4, 2]))]);
  const change = compareGrounds(two, one, everywhere(two));
  expect(change.parts).toEqual({
    gone: ["Alder", "Birch"],
    come: ["Ashfield"],
    renamed: [],
    redrawn: [],
  });
  expect(change.cells).toEqual({ stay: 0, moved: cellsOf(two).length, leave: 0, come: 0 });
  expect(change.events).toEqual(change.cells);
  expect(cellsLost(two, one)).toEqual([]);
});

test("a boundary that moved tells what leaves, what comes in, and what stays", () => {
  const moved = ground("Alder and Birch", [
    part(block("Alder", [0, 0, 1.5, 2])),
    part(block("Birch", [1.5, 0, 3, 3])),
  ]);
  const change = compareGrounds(two, moved, everywhere(two));
  expect(change.parts).toEqual({ gone: [], come: [], renamed: [], redrawn: ["Alder", "Birch"] });
  const { stay, moved: over, leave, come } = change.cells;
  expect(Math.min(stay, over, leave, come)).toBeGreaterThan(0);
  expect(stay + over + leave).toBe(cellsOf(two).length);
  expect(stay + over + come).toBe(cellsOf(moved).length);
  // Nothing was recorded there so far.
  expect(change.events.come).toBe(0);
  expect(cellsLost(two, moved)).toHaveLength(leave);
  const words = describeMove({
    dryRun: true,
    movedOn: "2027-03-01",
    faults: [],
    change,
    references: { ...none, patrols: 1, releases: 2 },
  }).join("\n");
  expect(words).toContain("Before 1 March 2027 records were collected by the old boundaries");
  expect(words).toContain("in no area from 1 March 2027 on");
  expect(words).toContain("1 patrol to come has a stop on ground that leaves");
  expect(words).toContain("2 releases and their figures stay as published.");
  expect(words).toContain("Nothing was changed.");
});

test("a part of the same code under another name is renamed, and its cells stay", () => {
  const renamed = ground("Alder and Beech", [
    part(block("Alder", [0, 0, 2, 2])),
    part(block("Beech", [2, 0, 4, 2]), "C-Birch"),
  ]);
  const change = compareGrounds(two, renamed, new Map());
  expect(change.parts).toEqual({
    gone: [],
    come: [],
    redrawn: [],
    renamed: [{ from: "Birch", to: "Beech" }],
  });
  expect(change.flows).toEqual([]);
});
