import { VectorTile, type VectorTileLayer } from "@mapbox/vector-tile";
import { PbfReader } from "pbf";
import type { Bounds } from "#client/map/place-features.ts";
import type { StreetTiles } from "#client/map/streets/street-tiles.ts";
import { type TileAudience, tileAddress } from "#client/map/streets/street-tiles.ts";
import type { Position } from "#core/geo/cell.ts";
import { blockOf, type Tile, tilesOf } from "#core/geo/tiles/area-tiles.ts";
import {
  type FeatureTable,
  holds,
  type LineKind,
  lineKindOf,
  translations,
} from "#core/geo/tiles/translation.ts";

/** Streets and ground for a drawing in lines: what stands on paper has no map behind it. */
export interface PaperGround {
  readonly lines: readonly PaperLine[];
  /** Rings, holes among them. */
  readonly water: readonly (readonly Position[])[];
  readonly green: readonly (readonly Position[])[];
  /** Of what the tiles cover: beyond, the built-in map has its roads. */
  readonly covered: Bounds;
}

export interface PaperLine {
  readonly kind: Exclude<LineKind, "none">;
  readonly name: string | null;
  readonly line: readonly Position[];
}

export interface PaperGroundWish {
  readonly tiles: StreetTiles;
  /** Which audience's address the tiles are asked at. */
  readonly audience: TileAudience;
  readonly bounds: Bounds;
  /** Units of the drawing from west to east: the finer, the closer the tiles. */
  readonly width: number;
}

/** Of a drawing: what one tile has is drawn on so many, or the pen would be too thick for it. */
const unitsOfTile = 400;

/** The tiles that a drawing shows, each asked for once; one that fails is left out. */
export async function loadPaperGround(wish: PaperGroundWish): Promise<PaperGround> {
  const [west, south, east, north] = wish.bounds;
  const block = blockOf({ west, south, east, north }, zoomOf(wish));
  const address = tileAddress(wish.tiles, wish.audience);
  const read = await Promise.all(
    [...tilesOf(block)].map((tile) => readTile(address, tile, wish.tiles)),
  );
  return {
    lines: read.flatMap(({ lines }) => lines),
    water: read.flatMap(({ water }) => water),
    green: read.flatMap(({ green }) => green),
    covered: wish.tiles.bounds,
  };
}

/** The closest that is not too fine for the drawing; of what the archive has. */
function zoomOf({ tiles, bounds: [west, , east], width }: PaperGroundWish): number {
  const across = Math.max(1, width / unitsOfTile);
  const zoom = Math.floor(Math.log2((360 * across) / Math.max(1e-6, east - west)));
  return Math.min(tiles.maxZoom, Math.max(tiles.minZoom, zoom));
}

type TileGround = Omit<PaperGround, "covered">;

const nothing: TileGround = { lines: [], water: [], green: [] };
const known = new Map<string, Promise<TileGround>>();

function readTile(address: string, tile: Tile, tiles: StreetTiles): Promise<TileGround> {
  const url = address.replace(/\{([zxy])\}/g, (_, part: "z" | "x" | "y") => String(tile[part]));
  const asked = known.get(url);
  if (asked) return asked;
  const asking = fetchTile(url, tile, tiles).catch(() => {
    known.delete(url);
    return nothing;
  });
  known.set(url, asking);
  return asking;
}

async function fetchTile(url: string, tile: Tile, { schema }: StreetTiles): Promise<TileGround> {
  const reply = await fetch(url);
  if (!reply.ok) throw new Error(`${url}: ${reply.status}`);
  const { layers } = new VectorTile(new PbfReader(new Uint8Array(await reply.arrayBuffer())));
  const { roads, rail, roadName, water, green } = translations[schema];
  const tables = roads.some(({ layer }) => layer === rail.layer) ? roads : [...roads, rail];
  return {
    lines: tables.flatMap((table) =>
      featuresOf(layers[table.layer], tile).flatMap(({ properties, lines }): PaperLine[] => {
        const kind = lineKindOf(table, properties);
        if (kind === "none") return [];
        const name = typeof properties[roadName] === "string" ? properties[roadName] : null;
        return lines.map((line) => ({ kind, name, line }));
      }),
    ),
    water: ringsOf(layers, water, tile),
    green: ringsOf(layers, green, tile),
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

function ringsOf(
  layers: Readonly<Record<string, VectorTileLayer>>,
  tables: readonly FeatureTable[],
  tile: Tile,
): readonly (readonly Position[])[] {
  return tables.flatMap((table) =>
    featuresOf(layers[table.layer], tile).flatMap(({ properties, rings }) =>
      holds(table, properties) ? rings : [],
    ),
  );
}
