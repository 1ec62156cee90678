import { expect, test } from "vitest";
import { areaNote, fewCells } from "#client/hotspots/drawn-area/AreaNote.tsx";
import type { Picture } from "#client/hotspots/ranked/use-picture.ts";
import {
  areaOptions,
  createStudies,
  isKnownArea,
  shownArea,
} from "#client/hotspots/state/studies.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { cellAt, disk, type Position, packCells } from "#core/geo/cell.ts";
import { circleAround, formatDrawn } from "#core/places/drawn-area.ts";
import { createStudySet, type StudySet } from "#core/places/study-set.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { bundledStudy, readBundledPlaces } from "#tests/support/bundled-places.ts";

const fore: Position = [-0.0631, 51.6179];
const bundled = readBundledPlaces();
const places = {
  ...bundled,
  name: bundledStudy().name,
  command: packCells(bundledStudy().cells),
  studyAreas: [{ kind: "ward", code: "W1", name: "Upper Edmonton", cells: [0, 1, 2] }],
} as unknown as PlacesReply;
const drawn = formatDrawn(circleAround(fore, 500));
const disc = (rings: number) => createStudySet("Disc", 10, disk(cellAt(fore, 10), rings));
const noteOf = (area: string, study: StudySet, isKnown = true) =>
  areaNote({ area } as HotspotsView, { lens: { study } } as Picture, isKnown);

test("a part of the command says that it is tested by itself", () => {
  const note = noteOf(drawn, disc(4));
  expect(note?.isWarning).toBe(false);
  expect(note?.text).toMatch(/^Tested within this area only \(61 cells\)\./);
});

test("without a cell, with one, with few: each in its own words", () => {
  expect(noteOf(drawn, createStudySet("None", 10, []))?.text).toMatch(
    /too small: it contains no cell/,
  );
  expect(noteOf(drawn, disc(0))?.text).toMatch(
    /^This area has only 1 cell: there is nothing to compare/,
  );
  expect(noteOf(drawn, disc(2))?.text).toMatch(/^This area has only 19 cells: too few/);
  expect(disc(3).cells.length).toBeGreaterThan(fewCells);
});

test("an area that is not here is told by its name, never by whatever stands in a link", () => {
  expect(noteOf("ward:Nowhere", disc(4), false)?.text).toMatch(
    /^Area not found: "Nowhere"\. Showing Disc instead/,
  );
  expect(noteOf("drawn:1,2,x", disc(4), false)?.text).toMatch(/the drawn area in this link/);
  expect(noteOf(`ward:${"x".repeat(500)}`, disc(4), false)?.text.length).toBeLessThan(160);
});

test("known are the command, its boroughs, areas by kind and name, and what can be drawn", () => {
  for (const area of ["", "Enfield", "ward:Upper Edmonton", drawn]) {
    expect(isKnownArea(places, area)).toBe(true);
  }
  for (const area of ["Hackney", "ward:Nowhere", "drawn:1,2,3"]) {
    expect(isKnownArea(places, area)).toBe(false);
  }
});

test("the drawn area stands in the list while it is chosen; an unknown one shows as the command", () => {
  expect(areaOptions(places).map(({ label }) => label)).not.toContain("Drawn area");
  const options = areaOptions(places, drawn);
  expect(options[1]).toEqual({ value: drawn, label: "Drawn area" });
  expect(shownArea(options, drawn)).toBe(drawn);
  expect(shownArea(options, "ward:Nowhere")).toBe("");
});

test("a drawn area is called after its middle, and its coarser cells are the parents of its own", () => {
  const studyOf = createStudies(places, () => "Fore Street");
  const fine = studyOf(drawn, 10);
  const coarse = studyOf(drawn, 9);
  expect(fine.name).toBe("Drawn area around Fore Street");
  expect(coarse.cells.length).toBeLessThan(fine.cells.length);
  expect(coarse.cells.length).toBeGreaterThan(fine.cells.length / 7);
});
