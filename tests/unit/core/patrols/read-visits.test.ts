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

const notATime = (text: string) => `"${text}" is not a time; write it as 2021-11-05T14:30`;
const noUnits = (text: string) => `units is a whole number from 1 to 12, not "${text}"`;

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

  const times = "2021-07-05 11:00,2021-07-05 11:15,1";
  const here = "51.6179,-0.0631";
  test.each([
    [`49,-9,${times}`, []],
    [`61,2,${times}`, []],
    [`48.99,-1,${times}`, ["latitude 48.99 and longitude -1 are outside the area of the country"]],
    [`61.01,-1,${times}`, ["latitude 61.01 and longitude -1 are outside the area of the country"]],
    [`51,-9.01,${times}`, ["latitude 51 and longitude -9.01 are outside the area of the country"]],
    [`51,2.01,${times}`, ["latitude 51 and longitude 2.01 are outside the area of the country"]],
    [`51,,${times}`, ["latitude 51 and longitude  are outside the area of the country"]],
    [`,-1,${times}`, ["latitude  and longitude -1 are outside the area of the country"]],
    [`NaN,1,${times}`, ["latitude NaN and longitude 1 are outside the area of the country"]],
    [`51,1e308,${times}`, ["latitude 51 and longitude 1e308 are outside the area of the country"]],
    [`${here},2021-07-05 11:00,2021-07-05 23:00,1`, []],
    [`${here},2021-07-05 11:00,2021-07-05 23:01,1`, ["it lasts longer than 12 hours"]],
    [`${here},2021-07-05 11:00,2021-07-05 11:00,1`, ["it ends at or before it starts"]],
    [`${here},2021-02-30 11:00,noon,1`, [notATime("2021-02-30 11:00")]],
    [`${here},2021-07-05 11:00,noon,1`, [notATime("noon")]],
    [`${here},${"x".repeat(40)},noon,1`, [notATime("x".repeat(30))]],
    [`${here},,noon,1`, [notATime("")]],
    [`${here},2021-07-05 11:00,2021-07-05 11:15,12`, []],
    [`${here},2021-07-05 11:00,2021-07-05 11:15,0`, [noUnits("0")]],
    [`${here},2021-07-05 11:00,2021-07-05 11:15,13`, [noUnits("13")]],
    [`${here},2021-07-05 11:00,2021-07-05 11:15,1.5`, [noUnits("1.5")]],
    [`${here},2021-07-05 11:00,2021-07-05 11:15,two`, [noUnits("two")]],
    [`${here},2021-07-05 11:00,2021-07-05 11:15`, ["it has 4 columns, not 5"]],
  ])("the row %s is read, or refused by what is wrong", (row, reasons) => {
    const found = read(`${here},${times}`, row);
    expect(found.ok && found.value.faults).toEqual(reasons.map((reason) => ({ row: 3, reason })));
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

  test("of nothing, of other headings (one for a name among them) and of too many rows it says what is wanted", () => {
    const wanted = "The first row must be cell,from,to,units or latitude,longitude,from,to,units";
    expect(readVisits("", zone, region)).toEqual({ ok: false, reason: `${wanted}; it is "".` });
    expect(readVisits("a,b\n", zone, region)).toEqual({
      ok: false,
      reason: `${wanted}; it is "a,b".`,
    });
    const officer = "cell,from,to,units,officer";
    expect(readVisits(`${officer}\n`, zone, region)).toEqual({
      ok: false,
      reason: `${wanted}; it is "${officer}".`,
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
