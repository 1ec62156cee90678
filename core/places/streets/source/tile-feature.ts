import type { TileLayer } from "#core/geo/tiles/street-tile.ts";
import type { StreetLine } from "#core/places/streets/line.ts";

export type Properties = Readonly<Record<string, unknown>>;
export interface TilePoint {
  readonly x: number;
  readonly y: number;
}
export type Part = readonly TilePoint[];

/** A layer of a decoded vector tile, as `@mapbox/vector-tile` has it. */
export interface DecodedLayer {
  readonly extent: number;
  readonly length: number;
  readonly feature: (index: number) => {
    /** 1 is a point, 2 a line, 3 an area. */
    readonly type: number;
    readonly properties: Properties;
    readonly loadGeometry: () => readonly Part[];
  };
}
export type DecodedTile = Readonly<Record<string, DecodedLayer>>;

/** What a street of a tile is, beside its line. */
export interface Road extends Omit<StreetLine, "line"> {
  /** "A10", of a stretch that has no name. */
  readonly number?: string;
}

/** One feature as we draw it, in units of which a tile has 4096. */
export interface TileFeature {
  readonly layer: TileLayer;
  readonly type: 1 | 2 | 3;
  readonly tags: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
  /** Null for what nobody may go along, a railway, and all that is no line of `roads`. */
  readonly road: Road | null;
}

export const unitsOfTile = 4096;

export interface ReadFeature {
  readonly properties: Properties;
  readonly parts: readonly Part[];
}
