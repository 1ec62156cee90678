import { VectorTile, type VectorTileLayer } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { Bounds } from "#client/map/place-features.ts";
import { type StreetTiles, tileAddress } from "#client/map/streets/street-tiles.ts";
import type { Position } from "#core/geo/cell.ts";
import { blockOf, type Tile, tilesOf } from "#core/geo/tiles/area-tiles.ts";
import { type LineKind, lineKinds } from "#core/geo/tiles/street-tile.ts";

/** Streets and ground for a drawing in lines: what stands on paper has no map behind it. */
export interface PaperGround {
  readonly lines: readonly PaperLine[];
  /** Rings, holes among them. */
  readonly water: readonly (readonly Position[])[];
  readonly green: readonly (readonly Position[])[];
}

export interface PaperLine {
  readonly kind: LineKind;
  readonly name: string | null;
  readonly line: readonly Position[];
}

export interface PaperGroundRequest {
  readonly tiles: StreetTiles;
  readonly bounds: Bounds;
  /** Units of the drawing from west to east: the finer, the closer the tiles. */
  readonly width: number;
}

/** Of a drawing: what one tile has is drawn on so many, or the pen would be too thick for it. */
const unitsOfTile = 400;

/** The tiles that a drawing shows, each asked for once. Rejects where one fails: half of the streets would mislead. */
export async function loadPaperGround(request: PaperGroundRequest): Promise<PaperGround> {
  const [west, south, east, north] = request.bounds;
  const block = blockOf({ west, south, east, north }, zoomOf(request));
  const address = tileAddress(request.tiles);
  const read = await Promise.all([...tilesOf(block)].map((tile) => readTile(address, tile)));
  const lacked = request.tiles.roads.map((road) => ({ ...road, kind: "main" }) as const);
  return {
    lines: [...lacked, ...read.flatMap(({ lines }) => lines)],
    water: read.flatMap(({ water }) => water),
    green: read.flatMap(({ green }) => green),
  };
}

/** The closest that is not too fine for the drawing; of what the archive has. */
function zoomOf({ tiles, bounds: [west, , east], width }: PaperGroundRequest): number {
  const across = Math.max(1, width / unitsOfTile);
  const zoom = Math.floor(Math.log2((360 * across) / Math.max(1e-6, east - west)));
  return Math.min(tiles.maxZoom, Math.max(tiles.minZoom, zoom));
}

const known = new Map<string, Promise<PaperGround>>();

function readTile(address: string, tile: Tile): Promise<PaperGround> {
  const url = address.replace(/\{([zxy])\}/g, (_, part: "z" | "x" | "y") => String(tile[part]));
  const asked = known.get(url);
  if (asked) return asked;
  const asking = fetchTile(url, tile);
  asking.catch(() => known.delete(url));
  known.set(url, asking);
  return asking;
}

async function fetchTile(url: string, tile: Tile): Promise<PaperGround> {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
  const { layers } = new VectorTile(new PbfReader(new Uint8Array(await reply.arrayBuffer())));
  return {
    lines: featuresOf(layers["roads"], tile).flatMap(({ properties, lines }): PaperLine[] => {
      // A street of unknown kind is drawn as a larger one.
      const kind = lineKinds.find((one) => one === properties["kind"]) ?? "secondary";
      const name = typeof properties["name"] === "string" ? properties["name"] : null;
      return lines.map((line) => ({ kind, name, line }));
    }),
    water: featuresOf(layers["water"], tile).flatMap(({ rings }) => rings),
    green: featuresOf(layers["green"], tile).flatMap(({ rings }) => rings),
  };
}

interface Read {
  readonly properties: Readonly<Record<string, unknown>>;
  readonly lines: readonly (readonly Position[])[];
  readonly rings: readonly (readonly Position[])[];
}

function featuresOf(layer: VectorTileLayer | undefined, { x, y, z }: Tile): readonly Read[] {
  const read: Read[] = [];
  for (let index = 0; layer && index < layer.length; index += 1) {
    const { geometry, properties } = layer.feature(index).toGeoJSON(x, y, z);
    read.push({ properties: properties ?? {}, ...shapesOf(geometry) });
  }
  return read;
}

type Geometry = ReturnType<ReturnType<VectorTileLayer["feature"]>["toGeoJSON"]>["geometry"];

/** Points have no shape that is drawn. */
function shapesOf(geometry: Geometry): Pick<Read, "lines" | "rings"> {
  const none = { lines: [], rings: [] };
  switch (geometry.type) {
    case "LineString":
      return { ...none, lines: [geometry.coordinates as unknown as Position[]] };
    case "MultiLineString":
      return { ...none, lines: geometry.coordinates as unknown as Position[][] };
    case "Polygon":
      return { ...none, rings: geometry.coordinates as unknown as Position[][] };
    case "MultiPolygon":
      return { ...none, rings: geometry.coordinates.flat() as unknown as Position[][] };
    case "Point":
    case "MultiPoint":
    case "GeometryCollection":
      return none;
  }
}
