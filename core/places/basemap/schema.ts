import type { TileSchema } from "#core/geo/tiles/tile-schema.ts";

export interface SchemaWords {
  readonly label: string;
  readonly licence: string;
  /** Where an archive names nobody. */
  readonly attribution: string;
}

export const schemaWords: Readonly<Record<TileSchema, SchemaWords>> = {
  protomaps: {
    label: "Protomaps (OpenStreetMap)",
    licence: "Open Database Licence (ODbL) 1.0",
    attribution: "© OpenStreetMap contributors",
  },
  zoomstack: {
    label: "OS Open Zoomstack",
    licence: "Open Government Licence v3.0",
    attribution: "Contains OS data © Crown copyright and database right",
  },
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

/**
 * By the names of its layers; null for another schema, such as OpenMapTiles (`transportation`). What holds `roads` and
 * nothing that only Zoomstack has is read as Protomaps, also where the roads have neither kind nor name.
 */
export function schemaOf(layers: readonly string[]): TileSchema | null {
  const has = new Set(layers);
  if (zoomstackRoads.some((name) => has.has(name))) return "zoomstack";
  if (!has.has("roads")) return null;
  return zoomstackOnly.some((name) => has.has(name)) ? "zoomstack" : "protomaps";
}

/** The layers that hold streets. */
export function roadLayers(schema: TileSchema): readonly string[] {
  return schema === "zoomstack" ? ["roads", ...zoomstackRoads] : ["roads"];
}
