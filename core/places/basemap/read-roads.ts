import { latitudeAt, longitudeAt, type Tile } from "#core/geo/tiles/area-tiles.ts";
import type { TileSchema } from "#core/geo/tiles/tile-schema.ts";
import { type Road, type RoadProperties, roadOf } from "#core/places/basemap/road-class.ts";
import { roadLayers } from "#core/places/basemap/schema.ts";
import type { StreetLine } from "#core/places/streets/line.ts";

/** A layer of a decoded vector tile, as `@mapbox/vector-tile` has it. */
export interface DecodedLayer {
  readonly extent: number;
  readonly length: number;
  readonly feature: (index: number) => {
    /** 2 is a line. */
    readonly type: number;
    readonly properties: RoadProperties;
    readonly loadGeometry: () => readonly (readonly { readonly x: number; readonly y: number }[])[];
  };
}

export interface RoadReader {
  /** The tiles of one zoom, each once, in any order. */
  readonly add: (tile: Tile, layers: Readonly<Record<string, DecodedLayer>>) => void;
  readonly lines: () => readonly StreetLine[];
}

/** Places are counted in whole units, so many a tile: half a metre at zoom 14 here. */
const unitsPerTile = 4096;
/** How far apart two tiles may cut the same line: each rounds what it cuts outside itself. */
const cutApart = 2;

/**
 * The streets of a block of tiles of one zoom. Each line is cut where its tile ends, so that no stretch comes
 * twice (tiles overlap by a margin), and the two sides of a cut end in the same position, bit for bit. Lines are as long as
 * their tiles have them: pieces of one street are not joined here, and a side street may end on a line between two of
 * its vertices, as makers of tiles drop those that lie straight.
 */
export function createRoadReader(schema: TileSchema): RoadReader {
  const pieces: StreetLine[] = [];
  const cuts = new Set<string>();
  return {
    add: (tile, layers) => {
      for (const name of roadLayers(schema)) {
        const layer = Object.hasOwn(layers, name) ? layers[name] : undefined;
        if (layer) addLayer(tile, layer);
      }
    },
    lines: () => pieces,
  };

  function addLayer(tile: Tile, layer: DecodedLayer): void {
    const scale = unitsPerTile / layer.extent;
    for (let index = 0; index < layer.length; index += 1) {
      const feature = layer.feature(index);
      const road = feature.type === 2 ? roadOf(schema, feature.properties) : null;
      if (road === null) continue;
      for (const part of feature.loadGeometry()) {
        const units = part.map(({ x, y }): Unit => [x * scale, y * scale]);
        for (const piece of cutLine(units)) keep(tile, road, piece);
      }
    }
  }

  function keep({ z, x, y }: Tile, road: Road, piece: readonly Unit[]): void {
    const points: Unit[] = [];
    for (const [index, [left, top]] of piece.entries()) {
      const isEnd = index === 0 || index === piece.length - 1;
      const whole: Unit = [x * unitsPerTile + Math.round(left), y * unitsPerTile + Math.round(top)];
      const point = isEnd ? meet(cuts, whole, road) : whole;
      const last = points.at(-1);
      if (last?.[0] !== point[0] || last[1] !== point[1]) points.push(point);
    }
    if (points.length < 2) return;
    const line = points.map(
      ([across, down]) =>
        [longitudeAt(across / unitsPerTile, z), latitudeAt(down / unitsPerTile, z)] as const,
    );
    pieces.push({ line, ...road });
  }
}

type Unit = readonly [across: number, down: number];

/** Nearest first. */
const offsets = Array.from({ length: 2 * cutApart + 1 }, (_, index) =>
  index % 2 === 0 ? index / 2 : -(index + 1) / 2,
);

/** An end on the edge of a tile goes where the same street was cut on the other side. */
function meet(cuts: Set<string>, point: Unit, road: Road): Unit {
  const axis = point.findIndex((at) => at % unitsPerTile === 0);
  if (axis < 0) return point;
  const [across, down] = point;
  for (const apart of offsets) {
    const there: Unit = axis === 0 ? [across, down + apart] : [across + apart, down];
    if (cuts.has(cutKey(there, road))) return there;
  }
  cuts.add(cutKey(point, road));
  return point;
}

function cutKey([across, down]: Unit, road: Road): string {
  return `${across} ${down} ${road.class} ${road.oneWay} ${road.level ?? 0} ${road.name}`;
}

/** What of a line lies inside its tile, in as many pieces as it comes in. */
function cutLine(units: readonly Unit[]): Unit[][] {
  const pieces: Unit[][] = [];
  for (let index = 1; index < units.length; index += 1) {
    const [from, to] = [units[index - 1], units[index]];
    const kept = from && to ? cutStretch(from, to) : null;
    if (kept === null) continue;
    const last = pieces.at(-1);
    const end = last?.at(-1);
    if (last && end?.[0] === kept[0][0] && end[1] === kept[0][1]) last.push(kept[1]);
    else pieces.push([...kept]);
  }
  return pieces;
}

/** Liang and Barsky, "A new concept and method for line clipping", ACM TOG 3 (1984). */
function cutStretch(from: Unit, to: Unit): readonly [Unit, Unit] | null {
  let [begin, end] = [0, 1];
  for (const axis of [0, 1] as const) {
    const step = to[axis] - from[axis];
    if (step === 0) {
      // Along the last edge it belongs to the next tile.
      if (from[axis] < 0 || from[axis] >= unitsPerTile) return null;
      continue;
    }
    const [low, high] = [-from[axis] / step, (unitsPerTile - from[axis]) / step];
    begin = Math.max(begin, Math.min(low, high));
    end = Math.min(end, Math.max(low, high));
  }
  if (begin >= end) return null;
  return [begin === 0 ? from : between(from, to, begin), end === 1 ? to : between(from, to, end)];
}

function between(from: Unit, to: Unit, share: number): Unit {
  return [from[0] + share * (to[0] - from[0]), from[1] + share * (to[1] - from[1])];
}
