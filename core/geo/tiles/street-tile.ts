/**
 * Layers of the tiles that Boxster keeps and draws, whatever the source. Mapbox Vector Tiles;
 * `roads` and `places` have `kind`, and `roads`, `places` and `stations` may have `name`.
 */
export const tileLayers = [
  "green",
  "water",
  "streams",
  "buildings",
  "roads",
  "places",
  "stations",
] as const;
export type TileLayer = (typeof tileLayers)[number];

/** `kind` of `roads`. */
export const lineKinds = [
  "motorway",
  "main",
  "secondary",
  "street",
  "service",
  "path",
  "cycleway",
  "rail",
] as const;
export type LineKind = (typeof lineKinds)[number];

/** First zoom that shows a kind; what no zoom shows stays out of its tiles. */
export const drawnFrom: Readonly<Record<LineKind, number>> = {
  motorway: 0,
  main: 0,
  rail: 10,
  secondary: 10,
  street: 11,
  service: 13,
  path: 14,
  cycleway: 14,
};
export const namesFrom = 14;
export const buildingsFrom = 15;

export type TileNames = "streets" | "places" | "stations";

export const tileSchemas = ["openmaptiles", "protomaps", "zoomstack"] as const;
export type TileSchema = (typeof tileSchemas)[number];
