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

export interface BaseMap {
  readonly areas: readonly BaseArea[];
  readonly gazetteer: {
    readonly roads: readonly { readonly name: string; readonly line: [number, number][] }[];
    readonly streets: readonly NamedPoint[];
    readonly stations: readonly NamedPoint[];
    readonly neighbourhoods: readonly NamedPoint[];
  };
  /** Prefixes of names to draw stronger. */
  readonly mainRoads: readonly string[];
  readonly attributions: readonly string[];
  /** Tiles that streets are drawn from; without them roads and names are those above. */
  readonly basemap?: StreetTiles | null;
}

/** Streets first: they fill most of the map. */
export function sourcesOfMap({ attributions, basemap }: BaseMap): readonly string[] {
  return basemap?.attribution ? [basemap.attribution, ...attributions] : attributions;
}
