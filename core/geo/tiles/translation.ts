import type { TileSchema } from "#core/geo/tiles/tile-schema.ts";

/** What a line of a tile is drawn as; `none` is left out. */
export const lineKinds = [
  "motorway",
  "main",
  "secondary",
  "street",
  "service",
  "path",
  "cycleway",
  "rail",
  "none",
] as const;
export type LineKind = (typeof lineKinds)[number];

type Properties = Readonly<Record<string, unknown>>;

/** The lines of one layer: the first field with a known value decides. */
export interface LineTable {
  readonly layer: string;
  readonly fields: readonly string[];
  readonly kinds: Readonly<Record<string, LineKind>>;
  /** Of a line that carries none of the fields. */
  readonly bare: LineKind;
  /** Of a line whose value is not in the table. */
  readonly other: LineKind;
}

/** Features of one layer; of some values of a field where one is named. */
export interface FeatureTable {
  readonly layer: string;
  readonly field?: string;
  readonly values?: readonly string[];
}

export interface NameTable extends FeatureTable {
  readonly name: string;
}

/** Where the tiles of a schema hold what is drawn. */
export interface Translation {
  readonly roads: readonly LineTable[];
  readonly rail: LineTable;
  /** The field of a road's name. */
  readonly roadName: string;
  readonly water: readonly FeatureTable[];
  readonly streams: readonly FeatureTable[];
  readonly green: readonly FeatureTable[];
  readonly buildings: readonly FeatureTable[];
  readonly towns: NameTable;
  readonly places: NameTable;
  readonly stations: NameTable;
}

/** Protomaps basemap, versions 3 and 4 of its schema: https://docs.protomaps.com/basemaps/layers */
const protomapsRoads: LineTable = {
  layer: "roads",
  fields: ["kind_detail", "pmap:kind_detail", "kind", "pmap:kind"],
  kinds: {
    motorway: "motorway",
    motorway_link: "motorway",
    trunk: "main",
    trunk_link: "main",
    primary: "main",
    primary_link: "main",
    secondary: "secondary",
    secondary_link: "secondary",
    tertiary: "secondary",
    tertiary_link: "secondary",
    residential: "street",
    unclassified: "street",
    living_street: "street",
    road: "street",
    service: "service",
    track: "service",
    pedestrian: "path",
    footway: "path",
    path: "path",
    steps: "path",
    bridleway: "path",
    cycleway: "cycleway",
    highway: "motorway",
    major_road: "main",
    medium_road: "secondary",
    minor_road: "street",
    subway: "none",
    rail: "rail",
  },
  bare: "street",
  other: "none",
};

const protomaps: Translation = {
  roads: [protomapsRoads],
  rail: protomapsRoads,
  roadName: "name",
  water: [{ layer: "water" }],
  streams: [{ layer: "water", field: "kind", values: ["river", "stream", "canal"] }],
  green: [
    {
      layer: "landuse",
      field: "kind",
      values: [
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
      ],
    },
  ],
  buildings: [{ layer: "buildings" }],
  towns: { layer: "places", field: "kind", values: ["locality"], name: "name" },
  places: { layer: "places", field: "kind", values: ["macrohood", "neighbourhood"], name: "name" },
  stations: { layer: "pois", field: "kind", values: ["station"], name: "name" },
};

const zoomstackKinds: Readonly<Record<string, LineKind>> = {
  Motorway: "motorway",
  Primary: "main",
  "Primary Road": "main",
  "A Road": "main",
  "B Road": "secondary",
  Minor: "secondary",
  "Minor Road": "secondary",
  Local: "street",
  "Local Road": "street",
  Restricted: "service",
  "Restricted Local Access Road": "service",
};

/** As tiles they are one layer; tiles made of its GeoPackage have three. */
const zoomstackRoads = ["roads", "roads_local", "roads_regional", "roads_national"].map(
  (layer): LineTable => ({
    layer,
    fields: ["type"],
    kinds: zoomstackKinds,
    bare: "street",
    other: "none",
  }),
);

/** OS Open Zoomstack vector tiles: https://docs.os.uk/os-downloads/contextual-or-derived-mapping/os-open-zoomstack */
const zoomstack: Translation = {
  roads: zoomstackRoads,
  rail: { layer: "rail", fields: ["type"], kinds: { Tunnel: "none" }, bare: "rail", other: "rail" },
  water: [{ layer: "surfacewater" }, { layer: "sea" }],
  streams: [{ layer: "waterlines" }],
  green: [{ layer: "greenspaces" }, { layer: "woodland" }],
  buildings: [{ layer: "buildings" }, { layer: "local_buildings" }],
  roadName: "name",
  towns: { layer: "names", field: "type", values: ["Capital", "City", "Town"], name: "name1" },
  places: {
    layer: "names",
    field: "type",
    values: ["Suburban Area", "Village", "Hamlet", "Small Settlements"],
    name: "name1",
  },
  stations: { layer: "railwaystations", name: "name" },
};

/** One for each schema: everything else about streets is the same for all. */
export const translations: Readonly<Record<TileSchema, Translation>> = { protomaps, zoomstack };

/** What a line is drawn as. */
export function lineKindOf(table: LineTable, properties: Properties): LineKind {
  const values = table.fields.map((field) => properties[field]);
  if (values.every((value) => value === undefined)) return table.bare;
  for (const value of values) {
    const kind = typeof value === "string" ? table.kinds[value] : undefined;
    if (kind) return kind;
  }
  return table.other;
}

/** Whether a feature of the layer is meant. */
export function holds({ field, values }: FeatureTable, properties: Properties): boolean {
  return !field || (values ?? []).includes(String(properties[field]));
}
