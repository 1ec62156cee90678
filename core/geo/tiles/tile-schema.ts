/** Which layers and words a vector tile uses: the two that the map can draw and the street graph can read. */
export const tileSchemas = ["protomaps", "zoomstack"] as const;
export type TileSchema = (typeof tileSchemas)[number];
