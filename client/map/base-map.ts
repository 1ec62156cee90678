import type { StreetTiles } from "#client/map/streets/street-tiles.ts";

interface NamedPoint {
  readonly name: string;
  readonly at: [number, number];
}

export interface BaseArea {
  readonly name: string;
  readonly kind: string;
  readonly inCommand: boolean;
  readonly polygons: [number, number][][][];
}

/** What the map draws under everything: the reply of GET /api/places is one. */
export interface BaseMap {
  readonly areas: readonly BaseArea[];
  readonly gazetteer: {
    readonly roads: readonly { readonly name: string; readonly line: [number, number][] }[];
    readonly streets: readonly NamedPoint[];
    readonly stations: readonly NamedPoint[];
    readonly neighbourhoods: readonly NamedPoint[];
  };
  /** Drawn stronger, by the beginning of their names. */
  readonly mainRoads: readonly string[];
  /** Licence lines to show on every map. */
  readonly attributions: readonly string[];
  /** Tiles that streets are drawn from; without them roads and names are those above. */
  readonly basemap?: StreetTiles | null;
}

/** Whose data a map of these places shows: streets first, which fill most of it. */
export function sourcesOfMap({ attributions, basemap }: BaseMap): readonly string[] {
  return basemap?.attribution ? [basemap.attribution, ...attributions] : attributions;
}
