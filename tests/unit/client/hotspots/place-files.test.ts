import { expect, test } from "vitest";
import { filterOf } from "#client/hotspots/filters.ts";
import { allRecords, createLens, fixedBreaks } from "#client/hotspots/lens.ts";
import { placesCsv, placesFileName, placesGeoJson } from "#client/hotspots/place-files.ts";
import { daysIn } from "#client/hotspots/presets.ts";
import { rankPicture } from "#client/hotspots/ranked.ts";
import { layerOf } from "#client/hotspots/use-picture.ts";
import { type HotspotsView, wholeWeek } from "#client/hotspots/view.ts";
import { columnsFromEvents } from "#core/events/columns.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import { createStudySet } from "#core/geo/study-set.ts";
import { prepareEvents } from "#core/hotspots/prepare.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import type { PoliceEvent } from "#core/model/event.ts";
import { createZone, hourMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const cells = disk(cellAt([-0.0635, 51.617], 10), 5);
const view: HotspotsView = {
  area: "",
  from: "2021-10-04",
  to: "2021-10-10",
  reported: ["complaint"],
  discovered: [],
  time: wholeWeek,
  resolution: 10,
  measure: "count",
  baseline: "before",
  isSideBySide: false,
  isSurface: false,
  cell: null,
  showsKeepClear: true,
  factors: [],
  camera: null,
};

function ranked(nameOf: (cell: string) => string = (cell) => `Place ${cell}, "north"`) {
  const events = Array.from({ length: 40 }, (_, index): PoliceEvent => {
    const startsAt = Date.parse("2021-10-04T00:00:00+01:00") + index * hourMs;
    const cell = cells[index % 3 === 0 ? 7 : index] ?? cells[0];
    if (!cell) throw new Error("There are cells");
    const said = { kind: "complaint", source: "resident", category: "asb" } as const;
    return { cell, ...said, startsAt, endsAt: startsAt };
  });
  const prepared = prepareEvents(columnsFromEvents(events), zone);
  const lens = createLens(prepared, createStudySet("Test", 10, cells));
  const filter = filterOf(view, "reported", zone);
  const leading = layerOf(
    prepared,
    lens,
    filter,
    fixedBreaks(allRecords(prepared, lens, filter), { days: daysIn(view), hours: null }),
  );
  return rankPicture({
    view,
    picture: { lens, leading, beside: null },
    test: testCells(leading.summary.counts, lens.study),
    nameOf,
  });
}

const notes = {
  when: "4 to 10 October 2021, All week",
  what: "complaints",
  source: "Reported by residents and partners",
  mark: "MADE-UP DATA",
};

test("the table has a row for each place, adds up, and says what it is", () => {
  const rows = placesCsv(ranked(), notes).split("\r\n");
  const found = ranked().rows;
  expect(rows[0]).toBe(
    "rank,place,cell,longitude,latitude,count,shared_out,with_neighbours,expected_with_neighbours,gi_star_z,p,q,hot",
  );
  expect(rows.indexOf('""')).toBe(found.length + 1);
  expect(rows[1]).toContain('"Place ');
  expect(rows[1]).toContain('""north""');
  expect(rows).toContain("MADE-UP DATA,from the demonstration");
  expect(rows.find((row) => row.startsWith("study area"))).toBe(
    `study area,"Test, ${cells.length} cells of H3 resolution 10"`,
  );
  expect(rows.some((row) => row.startsWith("test,"))).toBe(true);
  expect(rows.join()).not.toMatch(/NaN|undefined|Infinity/);
});

test("real records are not called made up", () => {
  const real = { ...notes, mark: null };
  expect(placesCsv(ranked(), real)).not.toContain("MADE-UP");
  expect(placesGeoJson(ranked(), real)).not.toContain("MADE-UP");
  expect(placesFileName(view, "csv", null)).toBe("hotspots-2021-10-04-to-2021-10-10.csv");
  expect(placesFileName(view, "geojson", "MADE-UP AND IMPORTED DATA")).toBe(
    "hotspots-2021-10-04-to-2021-10-10-made-up-and-imported-data.geojson",
  );
});

test("a place that begins like a formula runs nothing, and a negative number stays one", () => {
  const rows = placesCsv(
    ranked(() => "=HYPERLINK(1)"),
    notes,
  ).split("\r\n");
  expect(rows[1]).toContain(",'=HYPERLINK(1),");
  expect(rows[1]).toMatch(/,-0\.06\d+,51\.6\d+,/);
});

test("the areas are closed hexagons of at most five decimals, with nothing of outreach", () => {
  const text = placesGeoJson(ranked(), notes);
  const file = JSON.parse(text) as {
    about: Record<string, string>;
    features: { geometry: { coordinates: number[][][] }; properties: Record<string, unknown> }[];
  };
  expect(file.features).toHaveLength(ranked().rows.length);
  expect(file.about).toMatchObject({ what: "complaints", when: notes.when });
  for (const { geometry, properties } of file.features) {
    const [ring = []] = geometry.coordinates;
    expect(ring.at(0)).toEqual(ring.at(-1));
    expect(ring).toHaveLength(7);
    for (const value of ring.flat()) expect(value).toBe(Math.round(value * 1e5) / 1e5);
    expect(Object.keys(properties)).toContain("q");
  }
  expect(text).not.toMatch(/outreach|keep.?clear|protected/i);
});
