import { describe, expect, test } from "vitest";
import { readText } from "#tests/support/import.ts";

describe("places that are refused, each told apart", () => {
  const reasonOf = (lat: string, lng: string) =>
    readText(`Date,Lat,Lng,Kind\n2021-06-05,${lat},${lng},complaint`).faults[0];

  test.each([
    ["91", "-0.0631", "Lat", /between -90 and 90$/],
    ["91.5", "0.0931", "Lat", /between -90 and 90$/],
    ["1e308", "-0.0631", "Lat", /between -90 and 90/],
    ["51.6179", "-181", "Lng", /between -180 and 180/],
    ["NaN", "-0.0631", "Lat", /not a number/],
    ["Infinity", "-0.0631", "Lat", /not a number/],
    ["0x33", "-0.0631", "Lat", /not a number/],
    ["=51.6179", "-0.0631", "Lat", /not a number/],
    ["", "-0.0631", "Lat", /is empty/],
    ["51.6179", "", "Lng", /is empty/],
    ["-0.0631", "51.6179", "Lat, Lng", /swapped/],
    // Chigwell, Romford and Rainham lie east of Greenwich, though their mirror images lie in the area.
    ["51.6179", "0.0931", "Lat, Lng", /^outside the area of Enfield and Haringey$/],
    ["51.5762", "0.1837", "Lat, Lng", /^outside the area of Enfield and Haringey$/],
    ["51.5200", "0.1900", "Lat, Lng", /^outside the area of Enfield and Haringey$/],
    // The same places under the wrong headings: swapped back they lie outside as well.
    ["0.0931", "51.6179", "Lat, Lng", /^outside the area of Enfield and Haringey$/],
    ["0", "0", "Lat, Lng", /outside the area of Enfield and Haringey/],
    ["50.2", "-1.1", "Lat, Lng", /outside the area/],
    ["192785", "534191", "Lat", /looks like easting and northing/],
  ])("latitude %s, longitude %s", (lat, lng, column, reason) => {
    expect(reasonOf(lat, lng)).toMatchObject({
      row: 2,
      column,
      reason: expect.stringMatching(reason) as unknown,
    });
  });

  /** Far enough from Greenwich that a longitude without its sign is another country. */
  const manchester = {
    name: "Salford",
    grid: "EPSG:27700" as const,
    west: -2.5,
    south: 53.4,
    east: -2.2,
    north: 53.6,
  };
  test.each([
    [
      "53.48",
      "2.29",
      "sign_lost",
      /^the longitude seems to have lost its sign; outside the area of Salford$/,
    ],
    ["-2.29", "53.48", "swapped", /^latitude and longitude look swapped$/],
    [
      "2.29",
      "53.48",
      "swapped",
      /^latitude and longitude look swapped, and the longitude seems to have lost its sign$/,
    ],
    // Warrington and Rochdale are near, and so they are meant.
    ["53.39", "-2.59", "outside", /^outside the area of Salford$/],
    // Wherever it is mended to, it lies elsewhere.
    ["51.62", "0.06", "outside", /^outside the area of Salford$/],
    ["0.06", "51.62", "outside", /^outside the area of Salford$/],
  ])("of Salford: latitude %s, longitude %s: %s", (lat, lng, place, reason) => {
    const { faults } = readText(
      `Date,Lat,Lng,Kind\n2021-06-05,${lat},${lng},complaint`,
      {},
      undefined,
      { region: manchester },
    );
    expect(faults).toMatchObject([{ place, reason: expect.stringMatching(reason) as unknown }]);
  });

  test("a sign is never lost where the given place is as near as a force's own files reach", () => {
    const said = Array.from({ length: 60 }, (_, step) => (step + 1) / 100).flatMap(
      (lng) => readText(`Date,Lat,Lng,Kind\n2021-06-05,51.6179,${lng},complaint`).faults,
    );
    expect(new Set(said.map(({ place }) => place))).toEqual(new Set(["outside"]));
  });

  test.each([
    ["192785", "534191", /swapped/],
    ["4187", "2972", /^outside the area of Enfield and Haringey$/],
    ["34187", "92972", /100 km square seem to be missing/],
    ["434187", "192972", /outside the area/],
    ["51.6", "-0.06", /look like degrees/],
    ["-5", "192972", /not on the British National Grid/],
    ["1e308", "1e308", /not on the British National Grid/],
  ])("easting %s, northing %s", (easting, northing, reason) => {
    const { faults } = readText(
      `Date,Easting,Northing,Kind\n2021-06-05,${easting},${northing},complaint`,
    );
    expect(faults).toMatchObject([{ reason: expect.stringMatching(reason) as unknown }]);
  });
});
