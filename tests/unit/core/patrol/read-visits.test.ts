import { describe, expect, test } from "vitest";
import { cellAt, disk } from "#core/geo/cell.ts";
import { createStudySet, parentStudySet } from "#core/geo/study-set.ts";
import { minutesByCell } from "#core/hotspots/dose.ts";
import { readVisits } from "#core/patrol/read-visits.ts";
import { createZone, dayMs } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const cell = cellAt([-0.0631, 51.6179], 10);
const head = "latitude,longitude,from,to,units";
const read = (...rows: readonly string[]) => readVisits([head, ...rows].join("\r\n"), zone);

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
    );
    expect(byCell).toMatchObject({ ok: true, value: { visits: [{ cell }] } });
  });

  test.each([
    ["51.6179,-0.0631,2021-02-30 11:00,2021-02-30 11:15,1", /not a time/],
    ["51.6179,-0.0631,2021-07-05 11:15,2021-07-05 11:00,1", /ends at or before it starts/],
    ["51.6179,-0.0631,2021-07-05 11:00,2021-07-06 11:00,1", /longer than 12 hours/],
    ["-0.0631,51.6179,2021-07-05 11:00,2021-07-05 11:15,1", /not in this country/],
    [",,2021-07-05 11:00,2021-07-05 11:15,1", /not in this country/],
    ["NaN,1e308,2021-07-05 11:00,2021-07-05 11:15,1", /not in this country/],
    ["51.6179,-0.0631,2021-07-05 11:00,2021-07-05 11:15,0", /units is a whole number/],
    ["51.6179,-0.0631,2021-07-05 11:00,2021-07-05 11:15", /4 columns, not 5/],
  ])("says of %s what is wrong and where", (row, reason) => {
    const found = read("51.6179,-0.0631,2021-07-05 11:00,2021-07-05 11:15,1", row);
    expect(found).toMatchObject({ ok: true, value: { faults: [{ row: 3 }] } });
    if (found.ok) expect(found.value.faults[0]?.reason).toMatch(reason);
  });

  test("with a column for a name is refused whole", () => {
    const found = readVisits("cell,from,to,units,officer\n", zone);
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
