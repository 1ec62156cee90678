import { describe, expect, test } from "vitest";
import { placesCsv, placesFileName, placesGeoJson } from "#client/hotspots/files/place-files.ts";
import { createMeasurer } from "#client/hotspots/measures/answers.ts";
import type { ChangeAside } from "#client/hotspots/measures/change.ts";
import type { HarmAside } from "#client/hotspots/measures/harm.ts";
import type { Aside } from "#client/hotspots/measures/measure.ts";
import type { PatrolTimeAside } from "#client/hotspots/measures/patrol-time.ts";
import type { PatternAside } from "#client/hotspots/measures/pattern.ts";
import { allRecords, createLens, fixedBreaks } from "#client/hotspots/ranked/lens.ts";
import { leavingRows, type Ranked, rankPicture } from "#client/hotspots/ranked/ranked.ts";
import { layerOf } from "#client/hotspots/ranked/use-picture.ts";
import { filterOf } from "#client/hotspots/state/filters.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import { prepareEvents } from "#core/hotspots/prepare.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import { createStudySet } from "#core/places/study-set.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { createZone, daysIn, hourMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { usualView } from "#tests/support/hotspots-view.ts";

const zone = createZone("Europe/London");
const cells = disk(cellAt([-0.0635, 51.617], 10), 5);
const view: HotspotsView = {
  ...usualView,
  from: "2021-10-04",
  to: "2021-10-10",
  reported: ["complaint"],
  resolution: 10,
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
    "rank,place,cell,longitude,latitude,count,shared_out,expected,with_neighbours,expected_with_neighbours,gi_star_z,p_here,p_with_neighbours,p,q,hot,beside,hot_by",
  );
  expect(rows.indexOf('""')).toBe(found.length + 1);
  expect(rows[1]).toContain('"Place ');
  expect(rows[1]).toContain('""north""');
  expect(rows).toContain("MADE-UP DATA,from the demonstration");
  expect(rows.find((row) => row.startsWith("study area"))).toBe(
    `study area,"Test, ${cells.length} cells of H3 resolution 10"`,
  );
  expect(rows.some((row) => row.startsWith("test,") && /even spread of \d+ events/.test(row))).toBe(
    true,
  );
  for (const { hot, by } of found) expect(by !== null).toBe(hot);
  expect(rows[1]).toMatch(/,true,false,this place( with its neighbours)?$/);
  expect(rows.join()).not.toMatch(/NaN|undefined|Infinity/);
});

test("the types that alone were counted are named, in sentence and file", () => {
  const all = ranked();
  expect(placesCsv(all, notes)).not.toContain("types");
  const some = { ...all, picture: { ...all.picture, types: ["Drugs", "Other theft"] } };
  expect(placesCsv(some, notes)).toContain('\r\ntypes,"Drugs, Other theft"\r\n');
  expect(JSON.parse(placesGeoJson(some, notes))).toMatchObject({
    about: { types: "Drugs, Other theft" },
  });
  const { lens, leading } = all.picture;
  const { sentence } = rankPicture({
    view,
    picture: { lens, leading, beside: null, types: ["Drugs"] },
    test: testCells(leading.summary.counts, lens.study),
    nameOf: String,
  });
  expect(sentence).toBe(`${all.sentence} Only the type Drugs.`);
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

describe("files of each measure", () => {
  const study = ranked().picture.lens.study;
  const lines = (from: Ranked) => placesCsv(from, notes).split("\r\n");
  const counts = (value: number) => Int32Array.from(study.cells, () => value);

  test("of a change name the baseline, the test, its correction and who was tested", () => {
    const aside: ChangeAside = {
      measure: "change",
      range: { from: "2021-09-27", to: "2021-10-03" },
      lengths: [7, 7],
      summary: ranked().picture.leading.summary,
      ask: () => ({ measure: "change", before: counts(0), lengths: [7, 7] }),
    };
    const found = measured("change", aside);
    const rows = lines(found);
    expect(rows[0]).toMatch(/,hot_by,before,change,change_p,change_q,change_found$/);
    expect(rows).toContain("source,Reported by residents and partners");
    expect(rows).toContain("measure,Change");
    expect(rows).toContain("compared with,2021-09-27 to 2021-10-03");
    expect(rows.join("\n")).toMatch(/test of change,.*E-test.*Benjamini-Hochberg/);
    expect(rows.slice(1, found.rows.length + 1).every((row) => row.split(",").length > 17)).toBe(
      true,
    );
    const file = JSON.parse(placesGeoJson(found, notes)) as {
      features: { properties: Record<string, unknown> }[];
    };
    expect(file.features[0]?.properties).toHaveProperty("change_found");
  });

  test("of a pattern hold the names of the seventeen categories beside the plain word", () => {
    const steps = ["2021-10-04", "2021-10-05"].map((date) => ({
      from: date,
      to: date,
      start: 0,
      end: 0,
    }));
    const ask = () => ({ measure: "pattern", steps: [counts(1), counts(1)] }) as const;
    const aside: PatternAside = { measure: "pattern", steps, ask };
    const rows = lines(measured("pattern", aside));
    expect(rows[0]).toMatch(/,pattern,category,trend_p,around_all_steps$/);
    expect(rows[1]).toContain("no pattern detected");
    expect(rows.join("\n")).toContain("trend by Mann-Kendall");
  });

  test("of harm name the version, its source and its weights, and claim no test", () => {
    const table = {
      version: 3,
      name: "Weights of a test",
      source: "Made for a test, 2024, nowhere else",
      weights: [{ name: "complaint", weight: 2 }] as const,
      savedAt: "2024-01-02T10:00:00+00:00",
      savedBy: "somebody",
    };
    const harm = Float64Array.from(counts(0), (_, at) => (at === 0 ? 6 : 0));
    const ask = () => ({ measure: "harm", sums: { harm, weighed: 3, unweighed: 0 } }) as const;
    const aside: HarmAside = { measure: "harm", table, ask };
    const rows = lines(measured("harm", aside));
    expect(rows[0]).toMatch(/,harm,harm_share,harm_class$/);
    expect(rows).toContain('harm weights,"Weights of a test, version 3"');
    expect(rows).toContain('source of weights,"Made for a test, 2024, nowhere else"');
    expect(rows).toContain("weights,complaint 2");
    expect(rows).toContain("test of harm,none");
  });

  test("SAFEGUARDS 6: of effort hold one total of patrol and nothing by place", () => {
    const minutes = Float64Array.from(study.cells, () => 90);
    const ask = () => ({ measure: "patrol_time", minutes }) as const;
    const total = 90 * study.cells.length;
    const aside: PatrolTimeAside = { measure: "patrol_time", total, ask };
    const found = measured("patrol_time", aside);
    const rows = lines(found);
    expect(rows[0]).toMatch(/,hot_by$/);
    expect(rows).toContain(`patrol,${Math.round(total / 60)} hours logged in the study area`);
    // Every place here was patrolled; only those with records leave, in the order of the records.
    expect(found.rows.length).toBe(study.cells.length);
    const leaving = leavingRows(found);
    expect(leaving.map(({ cell }) => cell)).toEqual(ranked().rows.map(({ cell }) => cell));
    expect(rows.indexOf('""')).toBe(leaving.length + 1);
    const text = placesGeoJson(found, notes);
    expect(Object.keys(JSON.parse(text).features[0].properties).join()).not.toMatch(
      /hour|minute|rate/,
    );
  });
});

/** The same events under another measure, answered as the worker answers. */
function measured(measure: HotspotsView["measure"], aside: Aside): Ranked {
  const { picture, test } = ranked();
  const { study } = picture.lens;
  if (aside.measure === "none") throw new Error("It is to be answered");
  const answer = createMeasurer()(aside.ask(), study, picture.leading.summary.counts);
  const asked = { ...view, measure };
  return rankPicture({
    view: asked,
    picture: { ...picture, aside },
    test,
    answer,
    nameOf: () => "A place",
  });
}
