import type { TileLayer, TileSchema } from "#core/geo/tiles/street-tile.ts";
import type { StreetClass } from "#core/places/streets/line.ts";
import { plainAttribution } from "#core/text/attribution.ts";

/** Features of one layer that are drawn as one of ours; of some values of a field where one is named. */
export interface ShapeTable {
  readonly as: Exclude<TileLayer, "roads">;
  readonly layer: string;
  readonly shape: "point" | "line" | "area";
  readonly field?: string;
  readonly values?: readonly string[];
  /** The field of its name, for points. */
  readonly name?: string;
  readonly kind?: "town" | "place";
}

export interface Schema {
  readonly label: string;
  readonly licence: string;
  /** Where an archive names nobody. */
  readonly attribution: string;
  readonly roads: readonly string[];
  /** Fields that say what a line is, the one that says most first. */
  readonly fields: readonly string[];
  readonly rail?: string;
  /** Words that mean something else here than in `street-words.ts`, or nothing there. */
  readonly words: Readonly<Record<string, StreetClass | "rail" | "none">>;
  readonly name: string;
  /** The layer of names that lie beside the lines; null where lines have their own. */
  readonly namesLayer: string | null;
  readonly shapes: readonly ShapeTable[];
}

const area = (
  as: ShapeTable["as"],
  layer: string,
  field?: string,
  values: readonly string[] = [],
): ShapeTable => ({ as, layer, shape: "area", ...(field === undefined ? {} : { field, values }) });

const streams = (layer: string): ShapeTable => ({ as: "streams", layer, shape: "line" });

/** Points of one layer with their names: towns, lesser places, or stations where no kind is given. */
const labels =
  (layer: string, name: string) =>
  (field: string, values: readonly string[], kind?: "town" | "place"): ShapeTable => ({
    as: kind ? "places" : "stations",
    layer,
    shape: "point",
    field,
    values,
    name,
    ...(kind ? { kind } : {}),
  });

const openStreetMap = {
  licence: "Open Database Licence (ODbL) 1.0",
  attribution: "© OpenStreetMap contributors",
};

const openmaptilesPlaces = labels("place", "name");

/** OpenMapTiles 3, as Planetiler, tilemaker and MapTiler write it: https://openmaptiles.org/schema */
const openmaptiles: Schema = {
  label: "OpenMapTiles (OpenStreetMap)",
  licence: openStreetMap.licence,
  attribution: "© OpenMapTiles © OpenStreetMap contributors",
  roads: ["transportation"],
  fields: ["subclass", "class"],
  words: { rail: "rail", light_rail: "rail", transit: "none", busway: "service", track: "service" },
  name: "name",
  namesLayer: "transportation_name",
  shapes: [
    area("green", "landcover", "class", ["grass", "wood", "wetland"]),
    area("green", "landuse", "class", ["cemetery", "pitch", "playground", "park"]),
    area("green", "park"),
    streams("waterway"),
    area("water", "water"),
    area("buildings", "building"),
    openmaptilesPlaces("class", ["city", "town"], "town"),
    openmaptilesPlaces("class", "suburb quarter neighbourhood village hamlet".split(" "), "place"),
    labels("poi", "name")("class", ["railway"]),
  ],
};

const protomapsPlaces = labels("places", "name");

/** Protomaps basemap, versions 2 to 4 of its schema: https://docs.protomaps.com/basemaps/layers */
const protomaps: Schema = {
  label: "Protomaps (OpenStreetMap)",
  ...openStreetMap,
  roads: ["roads"],
  fields: ["kind_detail", "pmap:kind_detail", "kind", "pmap:kind"],
  words: {
    highway: "motorway",
    medium_road: "secondary",
    minor_road: "street",
    other: "none",
    track: "service",
    rail: "rail",
    subway: "none",
  },
  name: "name",
  namesLayer: null,
  shapes: [
    area("green", "landuse", "kind", [
      "allotments",
      "cemetery",
      "forest",
      "garden",
      "golf_course",
      "grass",
      "grassland",
      "meadow",
      "national_park",
      "nature_reserve",
      "park",
      "pitch",
      "playground",
      "recreation_ground",
      "scrub",
      "village_green",
      "wetland",
      "wood",
    ]),
    { ...streams("water"), field: "kind", values: ["river", "stream", "canal"] },
    area("water", "water"),
    area("buildings", "buildings"),
    protomapsPlaces("kind", ["locality"], "town"),
    protomapsPlaces("kind", ["macrohood", "neighbourhood"], "place"),
    labels("pois", "name")("kind", ["station"]),
  ],
};

/** Layers that only OS Open Zoomstack has, as tiles and as tiles made of its GeoPackage. */
const zoomstackRoads = ["roads_local", "roads_regional", "roads_national"];
const zoomstackOnly = [
  ...zoomstackRoads,
  "greenspaces",
  "surfacewater",
  "waterlines",
  "foreshore",
  "urban_areas",
  "local_buildings",
  "district_buildings",
];

const zoomstackPlaces = labels("names", "name1");
const zoomstackLesser = ["Suburban Area", "Village", "Hamlet", "Small Settlements"];

/** OS Open Zoomstack: https://docs.os.uk/os-downloads/contextual-or-derived-mapping/os-open-zoomstack */
const zoomstack: Schema = {
  label: "OS Open Zoomstack",
  licence: "Open Government Licence v3.0",
  attribution: "Contains OS data © Crown copyright and database right",
  // One layer in the published tiles; tiles made from its GeoPackage have three.
  roads: ["roads", ...zoomstackRoads],
  rail: "rail",
  fields: ["type", "classification"],
  words: {
    primary_road: "main",
    a: "main",
    b: "secondary",
    minor: "secondary",
    local_access_road: "street",
    restricted_local: "service",
    guided_busway: "none",
    pedestrianised_street: "path",
    shared_use_carriageway: "path",
    tunnel: "none",
  },
  name: "name",
  namesLayer: null,
  shapes: [
    area("green", "greenspaces"),
    area("green", "woodland"),
    streams("waterlines"),
    area("water", "surfacewater"),
    area("water", "sea"),
    area("buildings", "buildings"),
    area("buildings", "local_buildings"),
    zoomstackPlaces("type", ["Capital", "City", "Town"], "town"),
    zoomstackPlaces("type", zoomstackLesser, "place"),
    { as: "stations", layer: "railwaystations", shape: "point", name: "name" },
  ],
};

export const schemas: Readonly<Record<TileSchema, Schema>> = { openmaptiles, protomaps, zoomstack };

/**
 * By layer names; null for another schema. Anything with `roads` and no Zoomstack layer is read as
 * Protomaps, even where the roads have neither kind nor name.
 */
export function schemaOf(layers: readonly string[]): TileSchema | null {
  const has = new Set(layers);
  if (has.has("transportation")) return "openmaptiles";
  if (zoomstackRoads.some((name) => has.has(name))) return "zoomstack";
  if (!has.has("roads")) return null;
  return zoomstackOnly.some((name) => has.has(name)) ? "zoomstack" : "protomaps";
}

/** Whom the map must name: OpenStreetMap asks for its name and its contributors where an archive says "© OSM". */
export function attributionOf(written: unknown, schema: TileSchema): string {
  const plain = plainAttribution(written);
  const isTooShort = plain === null || /^©? ?(OSM|OpenStreetMap)$/i.test(plain);
  return isTooShort ? schemas[schema].attribution : plain;
}
