import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { readLine, readPolygons } from "#core/places/layers/feature-file.ts";
import { streetsOf } from "#core/places/streets/street-file.ts";
import { uploadSource } from "#server/files/import-source.ts";
import { readFeatures } from "#server/places/read-features.ts";

const sent = (text: string) => {
  const octets = Buffer.from(text);
  return uploadSource(Readable.from([octets]), "sent", octets.length);
};
const any = { layer: null, shapes: "any", within: null } as const;

/** By PROJ, of UTM zone 30: about 51.6179, -0.0631. */
const corner = [703311.512, 5722627.567] as const;
const ring = [corner, [704311.5, 5722627.5], [704311.5, 5723627.5], corner];
const inUtm = (name: string) =>
  JSON.stringify({
    type: "FeatureCollection",
    crs: { type: "name", properties: { name } },
    features: [
      {
        type: "Feature",
        properties: { code: "A1", name: "North" },
        geometry: { type: "Polygon", coordinates: [ring] },
      },
    ],
  });

test("GeoJSON that names another projection is turned into degrees", async () => {
  const { file, sha256 } = await readFeatures(sent(inUtm("urn:ogc:def:crs:EPSG::32630")), any);
  expect(sha256).toMatch(/^[\da-f]{64}$/);
  const [feature] = file.features;
  const [[outer = []] = []] = feature ? readPolygons(feature, file.reference, "here") : [];
  expect(outer[0]?.[0]).toBeCloseTo(-0.0631, 5);
  expect(outer[0]?.[1]).toBeCloseTo(51.6179, 5);
});

test("one that nobody knows is refused with the way out, and no point is misplaced", async () => {
  await expect(readFeatures(sent(inUtm("EPSG:31370")), any)).rejects.toThrow(
    /"EPSG:31370" that is not read here; export the file in WGS84 \(EPSG:4326\)/,
  );
});

test("lines of KML are streets, by their class and name", async () => {
  const kml = `<kml><Placemark><name>Fore Street</name>
    <ExtendedData><Data name="highway"><value>primary</value></Data></ExtendedData>
    <LineString><coordinates>-0.0631,51.6179,0 -0.0632,51.6190,0</coordinates></LineString></Placemark></kml>`;
  const { file } = await readFeatures(sent(kml), { ...any, shapes: "lines" });
  const around = { name: "Enfield", grid: null, west: -0.2, south: 51.5, east: 0.1, north: 51.8 };
  expect(streetsOf(file, around).lines).toMatchObject([{ name: "Fore Street", class: "main" }]);
  expect(readLine(file.features[0]?.geometry?.coordinates, "degrees", "here")).toHaveLength(2);
});

test("a layer is chosen only where there are such", async () => {
  await expect(readFeatures(sent("<kml></kml>"), { ...any, layer: "x" })).rejects.toThrow(
    "it has no layers to choose from",
  );
  await expect(readFeatures(sent(inUtm("EPSG:32630")), { ...any, layer: "x" })).rejects.toThrow(
    "only a GeoPackage or a Shapefile has layers",
  );
});

test("features beyond what is wanted, and none at all, are refused in words", async () => {
  const mark = "<Placemark><Point><coordinates>0,51</coordinates></Point></Placemark>";
  const kml = (count: number) => `<kml>${mark.repeat(count)}</kml>`;
  await expect(readFeatures(sent(kml(6)), { ...any, most: 5 })).rejects.toThrow(
    "the file is too large: at most 5 features",
  );
  await expect(readFeatures(sent(kml(0)), any)).rejects.toThrow(
    "the file has no features in this area",
  );
});
