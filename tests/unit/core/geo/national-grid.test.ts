import { readFileSync } from "node:fs";
import proj4 from "proj4";
import { describe, expect, test } from "vitest";
import { metresBetween, type Position } from "#core/geo/cell.ts";
import { isOnGrid, positionOfGrid } from "#core/geo/national-grid.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

/** Ordnance Survey's own test points of OSTN15; not part of the project. */
const input = "osgb/OSTN15_OSGM15_TestInput_ETRStoOSGB.txt";
const output = "osgb/OSTN15_OSGM15_TestOutput_ETRStoOSGB.txt";

const britishGrid =
  "+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy +towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs";
/** What core adds before the conversion. */
const shift = [1.777, 0.326] as const;

describe("the British National Grid", () => {
  test("agrees with proj4 to a centimetre, from one end of the country to the other", () => {
    const converter = proj4(britishGrid, "WGS84");
    for (const [easting, northing] of [
      [91_492, 11_318],
      [533_900, 191_500],
      [538_000, 205_000],
      [651_000, 313_000],
      [247_000, 846_000],
      [440_000, 1_110_000],
    ] as const) {
      const expected = converter.forward([easting + shift[0], northing + shift[1]]);
      const found = positionOfGrid(easting, northing);
      expect(metresBetween(found, expected as unknown as Position)).toBeLessThan(0.01);
    }
  });

  test.skipIf(!hasSharedFile(input))("is within 0.3 m of OS's test point in London", () => {
    const points = readPoints();
    const inLondon = points.filter(
      ({ at: [lng, lat] }) => lng > -0.5 && lng < 0.3 && lat > 51.2 && lat < 51.8,
    );
    expect(inLondon.map((point) => point.name)).toEqual(["TP09"]);
    for (const { at, easting, northing } of inLondon) {
      expect(metresBetween(positionOfGrid(easting, northing), at)).toBeLessThan(0.3);
    }
  });

  test.skipIf(!hasSharedFile(input))(
    "is within 2 m of OS's test points in the south-east of England",
    () => {
      const near = readPoints().filter(({ at }) => metresBetween(at, [-0.06, 51.62]) < 110_000);
      expect(near.length).toBeGreaterThanOrEqual(4);
      for (const { at, easting, northing } of near) {
        expect(metresBetween(positionOfGrid(easting, northing), at)).toBeLessThan(2);
      }
    },
  );

  test("knows what lies on it", () => {
    expect(isOnGrid(534_000, 192_000)).toBe(true);
    expect(isOnGrid(192_000, 1_534_000)).toBe(false);
    expect(isOnGrid(-1, 192_000)).toBe(false);
    expect(isOnGrid(Number.NaN, 192_000)).toBe(false);
  });
});

function readPoints() {
  const rows = (file: string) =>
    readFileSync(sharedFile(file), "utf8")
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(","));
  const grid = new Map(rows(output).map((row) => [row[0], row] as const));
  return rows(input).map(([name, lat, lng]) => ({
    name,
    at: [Number(lng), Number(lat)] as Position,
    easting: Number(grid.get(name)?.[1]),
    northing: Number(grid.get(name)?.[2]),
  }));
}
