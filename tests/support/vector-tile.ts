import { PbfWriter } from "pbf";
import type { Position } from "#core/geo/cell.ts";

/** What a tile is made of, in degrees; a polygon is one ring, closed or not. */
export interface TileFeature {
  readonly layer: string;
  readonly shape: "point" | "line" | "polygon";
  readonly at: readonly Position[];
  readonly properties: Readonly<Record<string, string | number | boolean>>;
  /** The first zoom that has it; 0 unless said. */
  readonly from?: number;
}

export interface TileAddress {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

type Pixel = readonly [x: number, y: number];

const extent = 4096;
/** As Planetiler cuts: 4 of 256 pixels outside the tile. */
const buffer = 64;
const shapes = { point: 1, line: 2, polygon: 3 } as const;

/** One vector tile (Mapbox Vector Tile 2.1) of the features that touch it, cut as makers of tiles do; null where none does. */
export function encodeTile(
  tile: TileAddress,
  features: readonly TileFeature[],
): Uint8Array<ArrayBuffer> | null {
  const layers = new Map<string, { feature: TileFeature; parts: Pixel[][] }[]>();
  for (const feature of features) {
    if (tile.z < (feature.from ?? 0)) continue;
    const parts = cut(feature, tile);
    if (parts.length === 0) continue;
    const there = layers.get(feature.layer) ?? [];
    there.push({ feature, parts });
    layers.set(feature.layer, there);
  }
  if (layers.size === 0) return null;
  const pbf = new PbfWriter();
  for (const [name, own] of layers) pbf.writeMessage(3, writeLayer, { name, own });
  return Uint8Array.from(pbf.finish());
}

/** The tile of a zoom that a place lies in. */
export function tileAt(at: Position, z: number): TileAddress {
  const [x, y] = project(at, z);
  return { z, x: Math.floor(x), y: Math.floor(y) };
}

function project([lng, lat]: Position, z: number): Pixel {
  const size = 2 ** z;
  const north = Math.asinh(Math.tan((lat * Math.PI) / 180));
  return [((lng + 180) / 360) * size, ((1 - north / Math.PI) / 2) * size];
}

function cut({ at, shape }: TileFeature, { z, x, y }: TileAddress): Pixel[][] {
  const pixels = at.map((one): Pixel => {
    const [px, py] = project(one, z);
    return [(px - x) * extent, (py - y) * extent];
  });
  if (shape === "point") {
    const inside = pixels.filter(([px, py]) => px >= 0 && py >= 0 && px < extent && py < extent);
    return inside.map((pixel) => [rounded(pixel)]);
  }
  const parts = shape === "line" ? cutLine(pixels) : [cutRing(pixels)];
  return parts
    .map((part) => part.map(rounded).filter(differsFromLast))
    .filter((part) => part.length > (shape === "line" ? 1 : 2));
}

function rounded([x, y]: Pixel): Pixel {
  return [Math.round(x), Math.round(y)];
}

function differsFromLast([x, y]: Pixel, index: number, all: readonly Pixel[]): boolean {
  const last = all[index - 1];
  return last === undefined || last[0] !== x || last[1] !== y;
}

function cutLine(pixels: readonly Pixel[]): Pixel[][] {
  const parts: Pixel[][] = [];
  for (let index = 1; index < pixels.length; index += 1) {
    const [from, to] = [pixels[index - 1], pixels[index]];
    const kept = from && to ? cutSegment(from, to) : null;
    if (kept === null) continue;
    const last = parts.at(-1);
    const end = last?.at(-1);
    if (last && end && end[0] === kept[0][0] && end[1] === kept[0][1]) last.push(kept[1]);
    else parts.push([...kept]);
  }
  return parts;
}

/** Liang and Barsky. */
function cutSegment(from: Pixel, to: Pixel): readonly [Pixel, Pixel] | null {
  let [begin, end] = [0, 1];
  for (const axis of [0, 1] as const) {
    const step = to[axis] - from[axis];
    const bounds = [(-buffer - from[axis]) / step, (extent + buffer - from[axis]) / step];
    if (step === 0) {
      if (from[axis] < -buffer || from[axis] > extent + buffer) return null;
      continue;
    }
    begin = Math.max(begin, Math.min(...bounds));
    end = Math.min(end, Math.max(...bounds));
  }
  if (begin >= end) return null;
  const at = (share: number): Pixel => [
    from[0] + share * (to[0] - from[0]),
    from[1] + share * (to[1] - from[1]),
  ];
  return [begin === 0 ? from : at(begin), end === 1 ? to : at(end)];
}

/** Sutherland and Hodgman, against each side in turn. */
function cutRing(pixels: readonly Pixel[]): Pixel[] {
  const closed = pixels[0]?.join() === pixels.at(-1)?.join();
  let ring: readonly Pixel[] = closed ? pixels.slice(0, -1) : pixels;
  for (const axis of [0, 1] as const) {
    for (const [limit, sign] of [
      [-buffer, 1],
      [extent + buffer, -1],
    ] as const) {
      ring = cutSide(ring, (pixel) => sign * (pixel[axis] - limit));
    }
  }
  return areaOf(ring) >= 0 ? [...ring] : [...ring].reverse();
}

function cutSide(ring: readonly Pixel[], inside: (pixel: Pixel) => number): Pixel[] {
  return ring.flatMap((pixel, index) => {
    const before = ring.at(index - 1) ?? pixel;
    const [was, is] = [inside(before), inside(pixel)];
    const share = was / (was - is);
    const crossing: Pixel = [
      before[0] + share * (pixel[0] - before[0]),
      before[1] + share * (pixel[1] - before[1]),
    ];
    const crossed = was * is < 0 ? [crossing] : [];
    return is >= 0 ? [...crossed, pixel] : crossed;
  });
}

/** Positive for an outer ring, whose y points down. */
function areaOf(ring: readonly Pixel[]): number {
  return ring.reduce((sum, [x, y], index) => {
    const [nextX, nextY] = ring[(index + 1) % ring.length] ?? [x, y];
    return sum + x * nextY - nextX * y;
  }, 0);
}

interface Layer {
  readonly name: string;
  readonly own: readonly { readonly feature: TileFeature; readonly parts: readonly Pixel[][] }[];
}

function writeLayer({ name, own }: Layer, pbf: PbfWriter): void {
  const keys = new Map<string, number>();
  const values = new Map<string | number | boolean, number>();
  const placeOf = <Key>(places: Map<Key, number>, key: Key) => {
    const known = places.get(key) ?? places.size;
    places.set(key, known);
    return known;
  };
  pbf.writeTag(15, 0);
  pbf.writeVarint(2);
  pbf.writeTag(1, 2);
  pbf.writeString(name);
  for (const { feature, parts } of own) {
    const tags = Object.entries(feature.properties).flatMap(([key, value]) => [
      placeOf(keys, key),
      placeOf(values, value),
    ]);
    const one = { tags, shape: feature.shape, parts };
    pbf.writeMessage(2, writeFeature, one);
  }
  for (const key of keys.keys()) {
    pbf.writeTag(3, 2);
    pbf.writeString(key);
  }
  for (const value of values.keys()) pbf.writeMessage(4, writeValue, value);
  pbf.writeTag(5, 0);
  pbf.writeVarint(extent);
}

function writeFeature(
  {
    tags,
    shape,
    parts,
  }: { tags: number[]; shape: TileFeature["shape"]; parts: readonly Pixel[][] },
  pbf: PbfWriter,
): void {
  writePacked(pbf, 2, tags);
  pbf.writeTag(3, 0);
  pbf.writeVarint(shapes[shape]);
  writePacked(pbf, 4, commandsOf(shape, parts));
}

function writePacked(pbf: PbfWriter, tag: number, numbers: readonly number[]): void {
  pbf.writeMessage(
    tag,
    (all: readonly number[], inner: PbfWriter) => {
      for (const one of all) inner.writeVarint(one);
    },
    numbers,
  );
}

function commandsOf(shape: TileFeature["shape"], parts: readonly Pixel[][]): number[] {
  const commands: number[] = [];
  let [x, y] = [0, 0];
  const step = (pixel: Pixel) => {
    commands.push(zigzag(pixel[0] - x), zigzag(pixel[1] - y));
    [x, y] = pixel;
  };
  for (const [first, ...rest] of parts) {
    if (!first) continue;
    commands.push(1 | (1 << 3));
    step(first);
    if (rest.length > 0) commands.push(2 | (rest.length << 3));
    for (const pixel of rest) step(pixel);
    if (shape === "polygon") commands.push(7 | (1 << 3));
  }
  return commands;
}

function zigzag(value: number): number {
  return (value << 1) ^ (value >> 31);
}

function writeValue(value: string | number | boolean, pbf: PbfWriter): void {
  if (typeof value === "string") {
    pbf.writeTag(1, 2);
    pbf.writeString(value);
  } else if (typeof value === "boolean") {
    pbf.writeTag(7, 0);
    pbf.writeBoolean(value);
  } else {
    pbf.writeTag(6, 0);
    pbf.writeSVarint(value);
  }
}
