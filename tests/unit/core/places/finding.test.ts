import { expect, test } from "vitest";
import { cellAt, disk, eventResolution, type Position } from "#core/geo/cell.ts";
import { createPlane, locateOnLine } from "#core/geo/plane.ts";
import { cellsOfPlace } from "#core/places/finding/cells.ts";
import { listPlaces, listSpots, spotName } from "#core/places/finding/list.ts";
import { placeNamed, searchPlaces } from "#core/places/finding/search.ts";
import { neighbourhoods } from "#core/places/neighbourhood.ts";
import { createPlaceNamer } from "#core/places/place-name.ts";
import { createRandom } from "#core/random.ts";
import { bundledStudy, readBundledPlaces } from "#tests/support/bundled-places.ts";

const { gazetteer } = readBundledPlaces();
const places = listPlaces(gazetteer);
const spots = listSpots(gazetteer);
const study = bundledStudy();
const around = neighbourhoods(gazetteer.neighbourhoods, study);
const names = (text: string) => searchPlaces(places, text).map(({ name }) => name);
const find = (name: string) => {
  const place = places.find((one) => one.name === name);
  if (!place) throw new Error(`no ${name}`);
  return place;
};

test("each place has a name of its own, and every corner, station, street and neighbourhood is in the list", () => {
  expect(new Set(places.map(({ name }) => name)).size).toBe(places.length);
  expect(new Set(spots.map(({ name }) => name)).size).toBe(spots.length);
  const listed = new Set(places.map(({ name }) => name));
  for (const { road, name } of gazetteer.corners) expect(listed).toContain(`${road} by ${name}`);
  for (const { name } of gazetteer.stations) expect(listed).toContain(`${name} station`);
  const streets = new Set(places.map(({ street }) => street));
  for (const { name } of [...gazetteer.streets, ...gazetteer.roads])
    expect(streets).toContain(name);
});

test("each place is found by its own name, by its words in another order, and by letters fewer", () => {
  const random = createRandom(7);
  for (let round = 0; round < 60; round += 1) {
    const { name } = places[random.integer(places.length)] ?? { name: "" };
    const words = name.split(/[\s,]+/);
    const turned = words.toSorted(() => random.next() - 0.5).join(" ");
    const shorter = words.map((word) => word.slice(0, Math.max(1, word.length - 2))).join(" ");
    for (const typed of [name, turned, shorter, name.toUpperCase()]) {
      expect([typed, names(typed).includes(name)]).toEqual([typed, true]);
    }
    expect(placeNamed(places, name)?.name).toBe(name);
  }
});

test("what no place is called finds none: letters, a postcode, a name with a letter too many", () => {
  for (const typed of ["asdfgh", "N18 2TT", "Fore Streets", "Silver Street North Pole", "?!"]) {
    expect([typed, names(typed)]).toEqual([typed, []]);
    expect(placeNamed(places, typed)).toBeNull();
  }
});

test("all corners of a street are found, after the street; short forms and signs make no difference", () => {
  const corners = gazetteer.corners.filter(({ road }) => road === "Fore Street");
  expect(corners.length).toBeGreaterThan(8);
  const found = names("Fore Street");
  expect(found[0]).toBe("Fore Street");
  for (const { name } of corners) expect(found).toContain(`Fore Street by ${name}`);
  expect(names("fore st / alpha rd")).toContain("Fore Street by Alpha Road");
  expect(names("st anns")).toEqual(names("St Ann's"));
});

test("two streets find their corner, however they are joined", () => {
  for (const typed of [
    "Fore Street and Silver Street",
    "silver street and fore street",
    "Silver St & Fore St",
    "corner of Fore Street and Silver Street",
    "Fore Street at Silver Street",
  ]) {
    expect([typed, names(typed)[0]]).toEqual([typed, "Fore Street by Silver Street"]);
  }
  // A joining word that is part of a name counts as one.
  expect(names("and")).not.toEqual(names(""));
  expect(names("Fore Street and asdfgh")).toEqual([]);
});

test("Silver Street is Silver Street: a place of its own, before any corner that is named after it", () => {
  expect(names("silver street").slice(0, 2)).toEqual(["Silver Street", "Silver Street station"]);
  expect(placeNamed(spots, "Silver Street")?.name).toBe("Silver Street, middle");
  // Streets of one name are told apart, and the name alone is none of them.
  expect(placeNamed(places, "Park Avenue")).toBeNull();
  expect(names("park avenue").filter((name) => /^Park Avenue, /.test(name)).length).toBeGreaterThan(
    1,
  );
});

test("a street is all cells within 25 m of its line, its corners among them", () => {
  const whole = cellsOfPlace(find("Fore Street"), around);
  for (const { road, at } of gazetteer.corners) {
    if (road === "Fore Street") expect(whole).toContain(cellAt(at, eventResolution));
  }
  const line = gazetteer.roads.find(({ name }) => name === "Fore Street")?.line ?? [];
  const plane = createPlane(line[0] as Position);
  const flat = line.map(plane.toPlane);
  const random = createRandom(11);
  let near = 0;
  for (let round = 0; round < 4_000; round += 1) {
    const at: Position = [-0.068 + random.next() * 0.009, 51.608 + random.next() * 0.017];
    if (locateOnLine(plane.toPlane(at), flat).distance > 20) continue;
    near += 1;
    expect(whole).toContain(cellAt(at, eventResolution));
  }
  expect(near).toBeGreaterThan(100);
});

test("of a street known by its middle and its corners these are joined, with all that lies around the middle", () => {
  const silver = find("Silver Street");
  expect(silver.isDrawn).toBe(false);
  const whole = cellsOfPlace(silver, around);
  for (const { name, at } of gazetteer.corners) {
    if (name === "Silver Street") expect(whole).toContain(cellAt(at, eventResolution));
  }
  for (const cell of disk(cellAt(silver.at, eventResolution), 2)) expect(whole).toContain(cell);
});

test("a stretch that is known by a point alone is joined to its road, and a namesake far away is another street", () => {
  const leftOut: Position = [-0.1097, 51.61057];
  const lanes = find("Green Lanes, Enfield Town");
  expect(lanes.isDrawn).toBe(true);
  expect(cellsOfPlace(lanes, around)).toContain(cellAt(leftOut, eventResolution));
  expect(places.filter(({ street }) => street === "Hertford Road").length).toBeGreaterThan(1);
  expect(placeNamed(places, "Green Lanes")).toBeNull();
});

test("a neighbourhood is all of it, a corner or a station its one cell", () => {
  expect(cellsOfPlace(find("Edmonton Green"), around)).toEqual(
    around.find(({ name }) => name === "Edmonton Green")?.cells,
  );
  for (const name of ["Fore Street by Alpha Road", "Silver Street station"]) {
    const place = find(name);
    expect(cellsOfPlace(place, around)).toEqual([cellAt(place.at, eventResolution)]);
    expect(createPlaceNamer(gazetteer)(cellAt(place.at, eventResolution))).toBe(name);
  }
});

test("one spot is never called as a place of the list, which is asked about whole", () => {
  const listed = new Set(places.map(({ name }) => name));
  const nameOf = createPlaceNamer(gazetteer);
  const called = places.map(({ at }) => nameOf(cellAt(at, eventResolution)));
  // Without the words that tell them apart many would be.
  expect(called.filter((name) => listed.has(name)).length).toBeGreaterThan(100);
  expect(called.map(spotName).filter((name) => listed.has(name))).toEqual([]);
});
