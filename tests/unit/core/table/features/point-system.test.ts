import { describe, expect, test } from "vitest";
import { metresBetween, type Position } from "#core/geo/cell.ts";
import { openSystem, systemNamed, turned } from "#core/table/features/point-system.ts";

const london: Position = [-0.0631, 51.6179];
const dublin: Position = [-6.26, 53.35];

/** The other way round by PROJ 9.6 (`gdaltransform`): 13 cm are far less than what moves a point to another cell. */
test.each([
  ["Web Mercator", 3857, [-7024.259869, 6731329.563261], london],
  ["its old code", 900_913, [-7024.259869, 6731329.563261], london],
  ["UTM 30 north", 32_630, [703311.512469, 5722627.567033], london],
  ["UTM 30 of ETRS89", 25_830, [703311.512471, 5722627.566909], london],
  ["UTM 34 south", 32_734, [259583.22166, 6245888.044341], [18.4, -33.9]],
  ["Irish Grid, TM65", 29_902, [749382.496379, 70446.185867], london],
  ["Irish Grid, TM75", 29_903, [315919.995304, 234694.102326], dublin],
  ["Irish Transverse Mercator", 2157, [715845.936041, 734720.330968], dublin],
  ["Lambert of Europe", 3034, [3328994.486541, 2804702.377949], london],
  ["equal area of Europe", 3035, [3626569.252758, 3215479.335072], london],
] as const)("%s (EPSG:%i) is turned into degrees", async (_, code, [x, y], at) => {
  const system = await openSystem({ code });
  expect(system.axes).toBe("degrees");
  expect(metresBetween(turned([x, y], system) as Position, at)).toBeLessThan(0.13);
});

const geographic =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const projected = (name: string, geogcs: string) =>
  `PROJCS["${name}",${geogcs},PROJECTION["Transverse_Mercator"],PARAMETER["False_Easting",500000.0],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",-3.0],PARAMETER["Scale_Factor",0.9996],PARAMETER["Latitude_Of_Origin",0.0],UNIT["Meter",1.0]]`;

describe("a definition in words", () => {
  test("of WGS84 in degrees, and of the National Grid, is known by its name", async () => {
    expect(await openSystem({ wkt: geographic })).toEqual({ axes: "degrees", toDegrees: null });
    const grid = projected("British_National_Grid", 'GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936"]]');
    expect(await openSystem({ wkt: grid })).toEqual({ axes: "grid", toDegrees: null });
  });

  test("of a projection on WGS84 is read as it stands", async () => {
    const system = await openSystem({ wkt: projected("A grid of our own", geographic) });
    const at = turned([703311.512469, 5722627.567033], system) as Position;
    expect(metresBetween(at, london)).toBeLessThan(0.13);
  });

  test.each([
    [
      "another datum",
      projected("Pulkovo_Zone_3", geographic.replaceAll("WGS_1984", "Pulkovo_1942")),
    ],
    ["no words of this kind", "LOCAL_CS[oh]"],
  ])("of %s is refused, with its name and what to do", async (_, wkt) => {
    await expect(openSystem({ wkt })).rejects.toThrow(
      /reference system( "Pulkovo_Zone_3")? that is not read here; export the file in WGS84 \(EPSG:4326\)/,
    );
  });
});

test("a code that nobody here knows is refused by its name, and markup is not repeated", async () => {
  await expect(systemNamed("urn:ogc:def:crs:EPSG::31370")).rejects.toThrow(
    '"urn:ogc:def:crs:EPSG::31370"',
  );
  await expect(systemNamed("<b>x</b>")).rejects.toThrow(/reference system that is not read/);
});

test("positions are turned however deep they lie, and what is no number stays", () => {
  const toDegrees = (x: number, y: number) => [x + 1, y - 1] as const;
  const system = { axes: "degrees", toDegrees } as const;
  expect(turned([[[1, 2, 9]], [], ["x", 2]], system)).toEqual([[[2, 1]], [], ["x", 2]]);
});
