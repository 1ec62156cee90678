/** Which layers and words a vector tile uses: the two that the map can draw and the street graph can read. */
export const tileSchemas = ["protomaps", "zoomstack"] as const;
export type TileSchema = (typeof tileSchemas)[number];

/** The kinds of names that the map draws from tiles, where they carry them. */
export const tileNames = ["streets", "places", "stations"] as const;
export type TileNames = (typeof tileNames)[number];
