import { expect, test } from "vitest";
import { streetsCsv, streetsGeoJson } from "#client/hotspots/files/street-files.ts";
import { middleOfLine, streetAt, streetBreaks } from "#client/hotspots/map/street-lines.ts";
import {
  consistent,
  drawsSurface,
  type HotspotsView,
  wholeWeek,
} from "#client/hotspots/state/view.ts";
import { cellAt } from "#core/geo/cell.ts";
import type { StreetPlaceRow, StreetsReply } from "#core/hotspots/wire/streets.ts";
import { place } from "#tests/support/streets.ts";

const row: StreetPlaceRow = {
  segment: 7,
  place: "=Fore Street between Sebastopol Road and Brettenham Road",
  street: "Fore Street",
  class: "main",
  metres: 199.6,
  count: 9,
  weight: 8.25,
  per100m: 4.133,
  expectedOwn: 0.1234567,
  near: 11,
  expected: 0.5,
  ownP: 1e-9,
  areaP: 1e-8,
  p: 2e-9,
  q: 1.234e-7,
  hot: true,
  beside: false,
  by: "own",
  line: [[...place(0, 2)], [...place(0, 4)]] as [number, number][],
};
const quiet: StreetPlaceRow = {
  ...row,
  segment: 8,
  place: "unnamed path off Fore Street",
  street: null,
  hot: false,
  by: null,
  weight: 1,
  line: [[...place(0, 3)], [...place(3, 3)], [...place(3, 4)]] as [number, number][],
};
const reply: StreetsReply = {
  studyArea: "Enfield",
  segments: 61,
  km: 6.12,
  attribution: "© OpenStreetMap contributors",
  from: "2021-11-01",
  to: "2021-11-26",
  kinds: ["complaint"],
  sources: ["resident"],
  measure: "count",
  total: 12,
  placed: 10,
  elsewhere: 0,
  hourUnknown: 0,
  test: "exact",
  sentence: "12 reports.",
  note: "10 of 12 reports have a street.",
  rows: [row, quiet],
  streets: [],
};
const notes = {
  when: "1 to 26 Nov 2021",
  what: "reports",
  source: "Reported",
  mark: "Demonstration",
};

test("a file has every listed stretch with its figures, and below how they came about", () => {
  const lines = streetsCsv(reply, notes).split("\r\n");
  expect(lines[0]).toBe(
    "rank,place,street,class,metres,count,shared_out,per_100_m,expected,with_streets_that_meet,expected_with_streets_that_meet,p_here,p_with_streets_that_meet,p,q,hot",
  );
  expect(lines[1]).toBe(
    "1,'=Fore Street between Sebastopol Road and Brettenham Road,Fore Street,main,200,9,8.3,4.1,0.123457,11,0.5,1e-9,1e-8,2e-9,1.234e-7,hotspot (this stretch)",
  );
  expect(lines[2]).toMatch(/^2,unnamed path off Fore Street,,main,/);
  expect(lines.slice(4)).toEqual([
    "Demonstration,from the demonstration",
    '"study area","Enfield, 61 stretches of street, 6.1 km"'.replace('"study area"', "study area"),
    "when,1 to 26 Nov 2021",
    "what,reports",
    "source,Reported",
    "in a sentence,12 reports.",
    "without a street,10 of 12 reports have a street.",
    "test,exact",
    "streets,© OpenStreetMap contributors",
    "",
  ]);
});

test("as GeoJSON each stretch is a line, and no number of a segment leaves", () => {
  const file = JSON.parse(streetsGeoJson(reply, notes));
  expect(file.features).toHaveLength(2);
  expect(file.features[0].geometry).toEqual({ type: "LineString", coordinates: row.line });
  expect(file.features[0].properties).toMatchObject({ rank: 1, count: 9, class: "main" });
  expect(JSON.stringify(file)).not.toContain('segment"');
  expect(file.about.streets).toBe("© OpenStreetMap contributors");
});

test("the pointer is on the nearest stretch within 25 m of it", () => {
  const rows = [row, quiet];
  expect(streetAt(rows, place(0.2, 3.5))).toBe(7);
  expect(streetAt(rows, place(1.5, 3.1))).toBe(8);
  expect(streetAt(rows, place(1.5, 3.3))).toBeNull();
  expect(streetAt([], place(0, 3))).toBeNull();
});

test("the map looks at the place half way along a stretch", () => {
  const [lng, lat] = middleOfLine(quiet.line) ?? [0, 0];
  expect(lng).toBeCloseTo(place(2, 3)[0], 4);
  expect(lat).toBeCloseTo(place(2, 3)[1], 4);
  expect(middleOfLine([])).toBeNull();
});

test("classes reach as far as the largest stretch", () => {
  expect(streetBreaks([])).toEqual([1, 2, 3, 5, 8]);
  expect(streetBreaks([{ weight: 60 }, { weight: 2 }])).toEqual([1, 3, 8, 20, 50]);
});

test("by street there are counts and their test, and neither a chosen cell nor a surface", () => {
  const view = {
    by: "street",
    measure: "pattern",
    resolution: 10,
    isSurface: true,
    time: wholeWeek,
    cell: cellAt(place(0, 0), 10),
    reported: ["complaint"],
    discovered: [],
  } as unknown as HotspotsView;
  expect(consistent(view)).toMatchObject({ by: "street", measure: "count", cell: null });
  expect(consistent({ ...view, measure: "significance" })).toMatchObject({
    measure: "significance",
    cell: null,
  });
  expect(drawsSurface(consistent(view))).toBe(false);
  expect(consistent({ ...view, by: "cell" })).toMatchObject({ measure: "pattern" });
});
