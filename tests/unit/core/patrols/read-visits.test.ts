import { describe, expect, test } from "vitest";
import { cellAt, disk, parentCell } from "#core/geo/cell.ts";
import { minutesByCell } from "#core/hotspots/dose.ts";
import { readVisits } from "#core/patrols/done/read-visits.ts";
import { createStudySet, parentStudySet } from "#core/places/study-set.ts";
import { createZone, dayMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const region = { name: "the country", grid: null, west: -9, south: 49, east: 2, north: 61 };
const cell = cellAt([-0.0631, 51.6179], 10);
const head = "latitude,longitude,from,to,units";
const read = (...rows: readonly string[]) => readVisits([head, ...rows].join("\r\n"), zone, region);

describe("a table of visits", () => {
  test("is read by point or cell, in wall-clock time or with an offset", () => {
    const found = read(
      "51.6179,-0.0631,2021-07-05 11:00,2021-07-05 11:15,2",
      "51.6179,-0.0631,2021-07-05T10:30Z,2021-07-05T12:00+01:00,",
      "",
    );
    expect(found).toEqual({
      ok: true,
      value: {
        faults: [],
        visits: [
          {
            cell,
            start: Date.parse("2021-07-05T10:00Z"),
            end: Date.parse("2021-07-05T10:15Z"),
            units: 2,
          },
          {
            cell,
            start: Date.parse("2021-07-05T10:30Z"),
            end: Date.parse("2021-07-05T11:00Z"),
            units: 1,
          },
        ],
      },
    });
    const byCell = readVisits(
      `cell,from,to,units\n${cell},2021-11-05 11:00,2021-11-05 11:15,1\n`,
      zone,
      region,
    );
    expect(byCell).toMatchObject({ ok: true, value: { visits: [{ cell }] } });
  });

  test.each([
    ["51.6179,-0.0631,2021-02-30 11:00,2021-02-30 11:15,1", /not a time/],
    ["51.6179,-0.0631,2021-07-05 11:15,2021-07-05 11:00,1", /ends at or before it starts/],
    ["51.6179,-0.0631,2021-07-05 11:00,2021-07-06 11:00,1", /longer than 12 hours/],
    ["-0.0631,51.6179,2021-07-05 11:00,2021-07-05 11:15,1", /are outside the area/],
    [",,2021-07-05 11:00,2021-07-05 11:15,1", /are outside the area/],
    ["NaN,1e308,2021-07-05 11:00,2021-07-05 11:15,1", /are outside the area/],
    ["51.6179,-0.0631,2021-07-05 11:00,2021-07-05 11:15,0", /units is a whole number/],
    ["51.6179,-0.0631,2021-07-05 11:00,2021-07-05 11:15", /4 columns, not 5/],
  ])("says of %s what is wrong and where", (row, reason) => {
    const found = read("51.6179,-0.0631,2021-07-05 11:00,2021-07-05 11:15,1", row);
    expect(found).toMatchObject({ ok: true, value: { faults: [{ row: 3 }] } });
    if (found.ok) expect(found.value.faults[0]?.reason).toMatch(reason);
  });

  const times = "2021-07-05 11:00,2021-07-05 11:15,1";
  test.each([
    ["49,-9", []],
    ["61,2", []],
    ["48.99,-1", ["latitude 48.99 and longitude -1 are outside the area of the country"]],
    ["61.01,-1", ["latitude 61.01 and longitude -1 are outside the area of the country"]],
    ["51,-9.01", ["latitude 51 and longitude -9.01 are outside the area of the country"]],
    ["51,2.01", ["latitude 51 and longitude 2.01 are outside the area of the country"]],
    ["51,", ["latitude 51 and longitude  are outside the area of the country"]],
    [",-1", ["latitude  and longitude -1 are outside the area of the country"]],
  ])("a point at %s is in this country or is named", (point, reasons) => {
    const found = read(`${point},${times}`);
    expect(found.ok && found.value.faults.map(({ reason }) => reason)).toEqual(reasons);
  });

  test.each([
    ["2021-07-05 11:00", "2021-07-05 23:00", []],
    ["2021-07-05 11:00", "2021-07-05 23:01", ["it lasts longer than 12 hours"]],
    ["2021-07-05 11:00", "2021-07-05 11:00", ["it ends at or before it starts"]],
    ["2021-07-05 11:00", "noon", ['"noon" is not a time; write it as 2021-11-05T14:30']],
    ["x".repeat(40), "noon", [`"${"x".repeat(30)}" is not a time; write it as 2021-11-05T14:30`]],
    ["", "noon", ['"" is not a time; write it as 2021-11-05T14:30']],
  ])("from %s to %s it lasts or is named", (from, to, reasons) => {
    const found = read(`51.6179,-0.0631,${from},${to},1`);
    expect(found.ok && found.value.faults.map(({ reason }) => reason)).toEqual(reasons);
  });

  test("times with an offset are what they say, west and east, and the doubled hour is its first", () => {
    const starts = (...written: readonly string[]) => {
      const found = read(...written.map((from) => `51.6179,-0.0631,${from},2021-10-31T06:00Z,1`));
      return found.ok ? found.value.visits.map(({ start }) => new Date(start).toISOString()) : [];
    };
    expect(
      starts(
        "2021-10-31T01:30",
        "2021-10-31T01:30Z",
        "2021-10-31T01:30+01:30",
        "2021-10-31T01:30-02:15",
        "2021-10-31T01:30:59",
      ).map((one) => one.slice(0, 16)),
    ).toEqual([
      "2021-10-31T00:30",
      "2021-10-31T01:30",
      "2021-10-31T00:00",
      "2021-10-31T03:45",
      "2021-10-31T00:30",
    ]);
  });

  test.each([
    ["12", []],
    ["13", ['units is a whole number from 1 to 12, not "13"']],
    ["1.5", ['units is a whole number from 1 to 12, not "1.5"']],
    ["two", ['units is a whole number from 1 to 12, not "two"']],
  ])("of %s units", (units, reasons) => {
    const found = read(`51.6179,-0.0631,2021-07-05 11:00,2021-07-05 11:15,${units}`);
    expect(found.ok && found.value.faults.map(({ reason }) => reason)).toEqual(reasons);
  });

  test("a cell is one of resolution 10", () => {
    const coarse = parentCell(cell, 9);
    const found = readVisits(
      `Cell , from,TO,units\n${cell},${times}\n${coarse},${times}\n${"y".repeat(30)},${times}\n , , ,\n`,
      zone,
      region,
    );
    expect(found.ok && found.value.visits).toHaveLength(1);
    expect(found.ok && found.value.faults).toEqual([
      { row: 3, reason: `"${coarse}" is not an H3 cell of resolution 10` },
      { row: 4, reason: `"${"y".repeat(20)}" is not an H3 cell of resolution 10` },
    ]);
  });

  test("of nothing, of other headings and of too many rows it says what is wanted", () => {
    const wanted = "The first row must be cell,from,to,units or latitude,longitude,from,to,units";
    expect(readVisits("", zone, region)).toEqual({ ok: false, reason: `${wanted}; it is "".` });
    expect(readVisits("a,b\n", zone, region)).toEqual({
      ok: false,
      reason: `${wanted}; it is "a,b".`,
    });
    const long = readVisits("z".repeat(200), zone, region);
    expect(long).toEqual({ ok: false, reason: `${wanted}; it is "${"z".repeat(80)}".` });
    const rows = (count: number) => `cell,from,to,units\n${"a\n".repeat(count)}`;
    expect(readVisits(rows(200_001), zone, region)).toEqual({
      ok: false,
      reason: "There are 200001 rows. Import at most 200000 at a time.",
    });
    expect(readVisits(rows(200_000), zone, region).ok).toBe(true);
  });

  test("with a column for a name is refused whole", () => {
    const found = readVisits("cell,from,to,units,officer\n", zone, region);
    expect(found).toMatchObject({
      ok: false,
      reason: expect.stringContaining("The first row must be"),
    });
  });
});

describe("patrol minutes of a place", () => {
  const finest = createStudySet("here", 10, disk(cell, 5));
  const day = (date: string) => Date.parse(date) / dayMs;
  const away = cellAt([0.2, 51.6], 10);
  const dose = {
    cells: [cell, away],
    cell: [0, 0, 0, 1],
    // Friday, Saturday, a later Friday, a Friday somewhere else.
    day: [day("2021-11-05"), day("2021-11-06"), day("2021-12-03"), day("2021-11-05")],
    minutes: [30, 15, 60, 90],
  };
  const total = (days: readonly number[], study = finest) =>
    minutesByCell(dose, study, finest, { from: "2021-11-05", to: "2021-11-30", days }).reduce(
      (sum, minutes) => sum + minutes,
      0,
    );

  test("are those of the chosen dates, days and area, at every cell size", () => {
    expect(total([0, 1, 2, 3, 4, 5, 6])).toBe(45);
    expect(total([4])).toBe(30);
    expect(total([4], parentStudySet(finest, 9))).toBe(30);
    expect(total([])).toBe(0);
  });
});
