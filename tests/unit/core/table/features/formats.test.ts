import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import sqlite from "node-sqlite3-wasm";
import { describe, expect, test } from "vitest";
import { readPolygons } from "#core/places/layers/feature-file.ts";
import { openFeatures } from "#core/table/features/open-features.ts";
import {
  areaFiles,
  areasIn,
  cellsOfFile,
  featuresIn,
  goldenFeatures,
  pointFiles,
} from "#tests/support/features.ts";
import { bytesTable, readBytes, recordsOf } from "#tests/support/import.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const text = (written: string) => new TextEncoder().encode(written);

/** The zip of a Shapefile with other files in it, by ending; null leaves one out. */
function shapefileWith(given: Readonly<Record<string, Uint8Array | null>>): Uint8Array {
  const parts = Object.entries(unzipSync(goldenFeatures("points-etrs-utm.shp.zip")));
  const kept = parts.filter(([name]) => given[name.slice(-3)] === undefined);
  const added = Object.entries(given).flatMap(([ending, octets]) =>
    octets === null ? [] : [[`points.${ending}`, octets] as const],
  );
  return zipSync(Object.fromEntries([...kept, ...added]));
}

const eastingAndNorthing = (at: number): [number, number] => [
  530_500.25 + 137.5 * at,
  190_000.75 + 93.25 * at,
];

/** The file with each point, two numbers side by side, in other coordinates. */
async function onGrid(octets: Uint8Array, layerIn = octets): Promise<Uint8Array> {
  const layer = await openFeatures(bytesTable(layerIn), {
    layer: null,
    shapes: "points",
    within: null,
  });
  const moved = Buffer.from(octets);
  const pair = (xy: unknown) => Buffer.from(Float64Array.from(xy as number[]).buffer);
  for await (const { features } of layer?.pieces() ?? []) {
    for (const { values, shape } of features) {
      const number = Number(String(values[layer?.names.indexOf("ref") ?? 0]).slice(1));
      // An index before the features may hold the same pair.
      const at = moved.lastIndexOf(pair(shape?.coordinates));
      moved.set(pair(eastingAndNorthing(number)), at);
    }
  }
  return moved;
}

const gridFiles = {
  GeoPackage: async () => {
    const path = join(scratchFolder("grid"), "points.gpkg");
    writeFileSync(path, await onGrid(goldenFeatures("points-web-mercator.gpkg.gz")));
    const db = new sqlite.Database(path);
    db.exec("pragma foreign_keys = off");
    for (const table of ["gpkg_contents", "gpkg_geometry_columns"]) {
      db.exec(`update ${table} set srs_id = 27700`);
    }
    db.close();
    return readFileSync(path);
  },
  FlatGeobuf: async () => {
    const octets = Buffer.from(await onGrid(goldenFeatures("points-utm.fgb")));
    const code = Buffer.from(Int32Array.of(32_630).buffer);
    octets.writeInt32LE(27_700, octets.indexOf(code));
    return octets;
  },
  Shapefile: async () => {
    const zip = goldenFeatures("points-etrs-utm.shp.zip");
    const [shp = new Uint8Array()] = Object.entries(unzipSync(zip)).flatMap(([name, octets]) =>
      name.endsWith(".shp") ? [octets] : [],
    );
    return shapefileWith({
      shp: await onGrid(shp, zip),
      prj: text('PROJCS["British_National_Grid",GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936"]]]'),
    });
  },
};

describe("points", () => {
  test.each(Object.entries(gridFiles))(
    "of a %s in EPSG:27700 fall in the cells of the same eastings and northings as CSV",
    async (_, fileOf) => {
      const [head = "", ...rows] = new TextDecoder()
        .decode(goldenFeatures("points.csv"))
        .trim()
        .split("\n")
        .map((line) => line.split(",").slice(0, -2).join(","));
      const csv = rows.map((row, at) => [row, ...eastingAndNorthing(at)].join(","));
      const wanted = await cellsOfFile(text([`${head},easting,northing`, ...csv].join("\n")));
      expect(wanted).toHaveLength(40);
      expect(new Set(wanted.map((one) => one.split(" ")[1])).size).toBeGreaterThan(20);
      expect(await cellsOfFile(await fileOf())).toEqual(wanted);
    },
  );

  test.each(pointFiles)("of %s are the events of the same points as CSV", async (name) => {
    const wanted = await cellsOfFile(goldenFeatures("points.csv"));
    expect(wanted).toHaveLength(40);
    expect(await cellsOfFile(goldenFeatures(name))).toEqual(wanted);
  });

  test("come with their number in the file, and a layer as a sheet does", async () => {
    const { table } = await readBytes(goldenFeatures("points-web-mercator.gpkg.gz"));
    expect(table).toMatchObject({
      format: "geopackage",
      unit: "feature",
      sheets: ["points"],
      sheet: "points",
    });
    const [header, first] = await recordsOf(goldenFeatures("points-etrs-utm.shp.zip"));
    expect(header).toMatchObject({
      line: 0,
      cells: ["longitude", "latitude", "ref", "start", "kind", "category"],
    });
    expect(first).toMatchObject({ line: 1 });
  });

  test("of a Shapefile with several layers are chosen by name", async () => {
    const parts = Object.entries(unzipSync(goldenFeatures("points-etrs-utm.shp.zip")));
    const second = parts.map(([name, octets]) => [`more/b${name.slice(6)}`, octets] as const);
    const mac = [["__MACOSX/._points.shp", text("x")] as const];
    const both = zipSync(Object.fromEntries([...parts, ...second, ...mac]));
    const { table, drafts } = await readBytes(both, {}, { sheet: "b" });
    expect(table).toMatchObject({ sheets: ["points", "b"], sheet: "b" });
    expect(drafts).toHaveLength(40);
    await expect(recordsOf(both, "c")).rejects.toThrow(
      'it has no layer "c"; its layers are: points, b',
    );
  });

  test("of KML in folders, with several shapes of one kind, and markup in words", async () => {
    const kml = `<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Folder>
      <name>Week</name><Placemark><name>One</name><description><![CDATA[<b>Noise</b>]]></description>
      <TimeStamp><when>2021-06-05T14:05:00Z</when></TimeStamp>
      <ExtendedData><Data name="Kind"><displayName>x</displayName><value>complaint</value></Data></ExtendedData>
      <MultiGeometry><Point><coordinates> -0.0631,51.6179,12 </coordinates></Point></MultiGeometry>
      </Placemark><Placemark><name>Two</name></Placemark></Folder></Document></kml>`;
    expect(await recordsOf(text(kml))).toEqual([
      { line: 0, cells: ["longitude", "latitude", "name", "description", "when", "Kind"] },
      {
        line: 1,
        cells: ["-0.0631", "51.6179", "One", "<b>Noise</b>", "2021-06-05T14:05:00Z", "complaint"],
      },
      { line: 2, cells: ["", "", "Two", "", "", ""] },
    ]);
  });
});

describe("areas", () => {
  test.each(areaFiles)("of %s have the outlines of the same areas as GeoJSON", async (name) => {
    const text = new TextDecoder().decode(goldenFeatures("areas.geojson"));
    const { features } = JSON.parse(text) as {
      features: { properties: { code: string }; geometry: { type: string } }[];
    };
    const wanted = features.map((feature) => ({
      code: feature.properties.code,
      polygons: readPolygons(feature, "degrees", "area").map((rings) =>
        rings.map((ring) => ring.map(([x, y]) => [x.toFixed(6), y.toFixed(6)].join()).sort()),
      ),
    }));
    expect(wanted.map(({ polygons }) => polygons.map(({ length }) => length))).toEqual([
      [2],
      [1, 1],
    ]);
    const found = await areasIn(goldenFeatures(name));
    expect(found.toSorted((a, b) => String(a.code).localeCompare(String(b.code)))).toEqual(wanted);
  });

  test.each(areaFiles)("of %s are no events: one line says so, and what to do", async (name) => {
    await expect(readBytes(goldenFeatures(name))).rejects.toThrow(
      /no (?:layer with )?points.* An event is a point: export the points of the events$/,
    );
  });

  test("are not read from points", async () => {
    await expect(featuresIn(goldenFeatures("points-utm.fgb"))).rejects.toThrow(
      "it holds Point, no areas",
    );
  });
});

describe("what is not read is named, with the way out", () => {
  test.each([
    [
      "a Shapefile without .prj",
      shapefileWith({ prj: null }),
      'the Shapefile "points" has no .prj file, which says what its coordinates are; put it into the same zip',
    ],
    [
      "a Shapefile without .dbf",
      shapefileWith({ dbf: null }),
      'the Shapefile "points" has no .dbf file, which holds its columns; put it into the same zip',
    ],
    [
      "degrees of another datum",
      shapefileWith({
        prj: text(
          'GEOGCS["GCS_OSGB_1936",DATUM["D_OSGB_1936",SPHEROID["Airy_1830",6377563.396,299.3249646]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]',
        ),
      }),
      '"GCS_OSGB_1936" that is not read here; export the file in WGS84 (EPSG:4326)',
    ],
    [
      "a zip bomb",
      shapefileWith({ dbf: new Uint8Array(40_000_000) }),
      "grows from 0 to 40 MB when unpacked, like a ZIP bomb",
    ],
    [
      "more shapes than rows",
      shapefileWith({ dbf: fewerRows() }),
      "this Shapefile cannot be read: part of it is missing or damaged; export it again, or as CSV",
    ],
    [
      "one file of a Shapefile",
      Uint8Array.of(0, 0, 0x27, 0x0a, 0, 0, 0, 0),
      "put it into a zip together with its .dbf, .prj and .cpg",
    ],
    [
      "a GeoPackage that is open elsewhere, so that its newest rows are not in it",
      goldenFeatures("points-web-mercator.gpkg.gz").fill(2, 18, 20),
      "is still open in another program, or was not closed there; close it, or export it again",
    ],
    [
      "an old FlatGeobuf",
      Uint8Array.of(0x66, 0x67, 0x62, 0x02, 0x66, 0x67, 0x62, 0x00),
      "there is a NUL character here",
    ],
  ])("%s", async (_, bytes, words) => {
    await expect(recordsOf(bytes)).rejects.toMatchObject({
      name: "FileFault",
      message: expect.stringContaining(words) as unknown,
    });
  });

  function fewerRows(): Uint8Array {
    const parts = unzipSync(goldenFeatures("points-etrs-utm.shp.zip"));
    const dbf = (parts["points.dbf"] ?? new Uint8Array(0)).slice();
    dbf[4] = 39;
    return dbf;
  }
});

describe("a bad file is read or refused in one line", () => {
  test.each([...pointFiles, ...areaFiles])("%s", async (name) => {
    const good = goldenFeatures(name);
    const shapes = name.startsWith("areas") ? "areas" : "points";
    const read = async (bytes: Uint8Array): Promise<"read" | "refused"> => {
      try {
        if (shapes === "areas") await featuresIn(bytes);
        else await recordsOf(bytes);
        return "read";
      } catch (error) {
        expect(error).toMatchObject({ name: "FileFault" });
        expect(String(error)).not.toContain("\n");
        return "refused";
      }
    };
    expect(await read(good)).toBe("read");
    for (const share of [0.2, 0.5, 0.8, 0.95]) {
      expect(await read(good.slice(0, Math.floor(good.length * share)))).toBe("refused");
    }
    for (let every = 11; every < good.length / 2; every = Math.ceil(every * 1.6)) {
      const bad = good.slice();
      // Its first octets stay, so that it is taken for what it is.
      for (let at = 100 + (every % 7); at < bad.length; at += every) bad[at] = ~(bad[at] ?? 0);
      await read(bad);
    }
  });
});
