import type { ExpressionSpecification, FilterSpecification } from "maplibre-gl";

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
interface LineTable {
  readonly layer: string;
  readonly fields: readonly string[];
  readonly kinds: Readonly<Record<string, LineKind>>;
  /** Of a line that carries none of the fields. */
  readonly bare: LineKind;
  /** Of a line whose value is not in the table. */
  readonly other: LineKind;
}

/** Features of one layer; of some values of a field where one is named. */
interface FeatureTable {
  readonly layer: string;
  readonly field?: string;
  readonly values?: readonly string[];
}

interface NameTable extends FeatureTable {
  readonly name: string;
}

/** Where the tiles of a schema hold what is drawn. */
export interface Translation {
  readonly lines: readonly LineTable[];
  readonly roadNames: { readonly layer: string; readonly name: string };
  readonly water: readonly FeatureTable[];
  readonly streams: readonly FeatureTable[];
  readonly green: readonly FeatureTable[];
  readonly buildings: readonly FeatureTable[];
  readonly towns: NameTable;
  readonly places: NameTable;
  readonly stations: NameTable;
}

/** Protomaps basemap, versions 3 and 4 of its schema: https://docs.protomaps.com/basemaps/layers */
const protomaps: Translation = {
  lines: [
    {
      layer: "roads",
      fields: ["kind_detail", "kind"],
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
        rail: "rail",
      },
      bare: "street",
      other: "none",
    },
  ],
  roadNames: { layer: "roads", name: "name" },
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

/** OS Open Zoomstack vector tiles: https://docs.os.uk/os-downloads/contextual-or-derived-mapping/os-open-zoomstack */
const zoomstack: Translation = {
  lines: [
    {
      layer: "roads",
      fields: ["type"],
      kinds: {
        Motorway: "motorway",
        Primary: "main",
        "A Road": "main",
        "B Road": "secondary",
        Minor: "secondary",
        Local: "street",
        Restricted: "service",
        "Guided Busway": "service",
      },
      bare: "street",
      other: "street",
    },
    {
      layer: "rail",
      fields: ["type"],
      kinds: { Tunnel: "none" },
      bare: "rail",
      other: "rail",
    },
  ],
  roadNames: { layer: "roads", name: "name" },
  water: [{ layer: "surfacewater" }, { layer: "sea" }],
  streams: [{ layer: "waterlines" }],
  green: [{ layer: "greenspaces" }, { layer: "woodland" }],
  buildings: [{ layer: "buildings" }],
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
export const translations = { protomaps, zoomstack } as const;
export type TileSchema = keyof typeof translations;

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

/** The same as an expression of MapLibre. */
export function lineKindExpression(table: LineTable): ExpressionSpecification {
  const isBare = table.fields.map((field): ExpressionSpecification => ["!", ["has", field]]);
  const known = table.fields.reduceRight<ExpressionSpecification | LineKind>(
    (otherwise, field) => matchOf(field, table.kinds, otherwise),
    table.other,
  );
  return ["case", ["all", ...isBare], table.bare, known] as ExpressionSpecification;
}

function matchOf(
  field: string,
  kinds: LineTable["kinds"],
  otherwise: ExpressionSpecification | LineKind,
): ExpressionSpecification {
  const branches = lineKinds.flatMap((kind) => {
    const values = Object.keys(kinds).filter((value) => kinds[value] === kind);
    return values.length > 0 ? [values, kind] : [];
  });
  return ["match", ["get", field], ...branches, otherwise] as unknown as ExpressionSpecification;
}

export function holds({ field, values }: FeatureTable, properties: Properties): boolean {
  return !field || (values ?? []).includes(String(properties[field]));
}

/** The same as a filter of MapLibre; for one kind of geometry where a layer holds several. */
export function filterOf(
  { field, values }: FeatureTable,
  geometry?: "Point" | "LineString" | "Polygon",
): FilterSpecification {
  const conditions: ExpressionSpecification[] = [];
  if (geometry) conditions.push(["==", ["geometry-type"], geometry]);
  if (field) conditions.push(["in", ["get", field], ["literal", [...(values ?? [])]]]);
  return ["all", ...conditions] as FilterSpecification;
}
