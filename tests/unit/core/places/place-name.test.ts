import { expect, test } from "vitest";
import { cellAt, disk, neighboursOf, parentCell } from "#core/geo/cell.ts";
import { createPlaceNamer } from "#core/places/place-name.ts";
import { bundledStudy, bundledZones, readBundledPlaces } from "#tests/support/bundled-places.ts";

const { gazetteer } = readBundledPlaces();
const study = bundledStudy();
const nameOf = createPlaceNamer(gazetteer);
const nameAt = (lng: number, lat: number) => nameOf(cellAt([lng, lat], 10));

test("cells on Fore Street are named by their corners", () => {
  expect(nameAt(-0.0631, 51.6179)).toBe("Fore Street by Brettenham Road");
  expect(nameAt(-0.06139, 51.62273)).toBe("Fore Street by Edmonton police station");
  expect(nameAt(-0.0681, 51.6055)).toBe("Tottenham High Road by White Hart Lane");
});

test("between two corners the nearer one is named with distance and direction", () => {
  const [north] = neighboursOf(cellAt([-0.0631, 51.6179], 10)).filter((cell) =>
    nameOf(cell).startsWith("Fore Street, "),
  );
  expect(north && nameOf(north)).toBe("Fore Street, 50 m north of Brettenham Road");
});

test("a station names its own cell, and those around it by distance and compass", () => {
  expect(nameAt(-0.0669, 51.61528)).toBe("Silver Street station");
  const around = disk(cellAt([-0.0669, 51.61528], 10), 2).map(nameOf);
  expect(around).toContain("100 m north of Silver Street station");
});

test("away from main roads a street and the place around it name the cell", () => {
  const street = gazetteer.streets.find(({ name }) => name === "Abbotsford Avenue");
  expect(street && nameAt(...street.at)).toBe("Abbotsford Avenue, St Ann's");
  expect(nameAt(-0.0605, 51.6177)).toMatch(/^[A-Z].* Road, 200 m east of Fore Street$/);
});

test("every cell of the command and of its edges has a name in words", () => {
  const outer = bundledZones().flatMap((zone) => zone.outer);
  const names = [...study.cells, ...outer].map(nameOf);
  // One question for all of them: tens of thousands would take longer than the naming.
  expect(names.filter((name) => !/^[A-Z0-9n][\w ,.'()&/-]+$/.test(name))).toEqual([]);
  expect(names.filter((name) => /[0-9a-f]{15}|undefined|NaN|\b0 m\b/.test(name))).toEqual([]);
  const metresOf = (name: string) => /([\d,]+) m /.exec(name)?.[1]?.replace(",", "") ?? "0";
  expect(names.filter((name) => Number(metresOf(name)) % 50 !== 0)).toEqual([]);
});

test("parents of both coarser resolutions are named as well", () => {
  for (const resolution of [9, 8]) {
    const cell = parentCell(cellAt([-0.0631, 51.6179], 10), resolution);
    expect(nameOf(cell)).toMatch(/Fore Street|Silver Street station/);
  }
});

test("cells around Fore Street are told apart, and hardly any two neighbours elsewhere are not", () => {
  const around = disk(cellAt([-0.0631, 51.6179], 10), 8);
  expect(new Set(around.map(nameOf)).size).toBe(around.length);
  let equal = 0;
  for (const cell of study.cells) {
    for (const other of neighboursOf(cell)) {
      if (other > cell && study.indexOf.has(other) && nameOf(other) === nameOf(cell)) equal += 1;
    }
  }
  expect(equal).toBeLessThanOrEqual(20);
});

test("naming does not depend on what was named before", () => {
  const fresh = createPlaceNamer(gazetteer);
  const backwards = [...study.cells].reverse().map(fresh);
  expect(backwards.reverse()).toEqual(study.cells.map(nameOf));
});

test("a gazetteer without a place or a station cannot name anything", () => {
  expect(() => createPlaceNamer({ ...gazetteer, neighbourhoods: [], stations: [] })).toThrow(
    "names no neighbourhood",
  );
});
