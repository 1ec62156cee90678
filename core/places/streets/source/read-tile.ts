import {
  buildingsFrom,
  drawnFrom,
  type LineKind,
  namesFrom,
  type TileSchema,
} from "#core/geo/tiles/street-tile.ts";
import { createNameFinder } from "#core/places/streets/source/join-names.ts";
import { type Schema, type ShapeTable, schemas } from "#core/places/streets/source/schema.ts";
import {
  type DecodedTile,
  type Part,
  type Properties,
  type ReadFeature,
  type Road,
  type TileFeature,
  type TilePoint,
  unitsOfTile,
} from "#core/places/streets/source/tile-feature.ts";
import { directionOf, streetClassOf, streetName } from "#core/places/streets/street-words.ts";

/** What of a tile of any schema is drawn or gone along. Beyond an archive's largest zoom a map draws that one larger, so it has all. */
export function readTile(
  name: TileSchema,
  tile: DecodedTile,
  { zoom, maxZoom }: { readonly zoom: number; readonly maxZoom: number },
): TileFeature[] {
  const schema = schemas[name];
  const from = (first: number) => zoom === maxZoom || zoom >= first;
  const shapes = schema.shapes.filter(({ as }) => as !== "buildings" || from(buildingsFrom));
  return [
    ...shapes.flatMap((table) => shapesOf(table, tile)),
    ...readRoads(schema, tile, from(namesFrom), (kind) => from(drawnFrom[kind])),
  ];
}

/** What a line of a road layer is drawn as, by its words; null for what is drawn nowhere. */
function kindOf({ words }: Schema, written: readonly string[]): LineKind | null {
  for (const word of written) {
    // "A Road, Collapsed Dual Carriageway" is an A road.
    const key = (word.split(",")[0] ?? "").trim().toLowerCase();
    const plain = key.replace(/[\s-]+/g, "_").replace(/_link$/, "");
    const kind = Object.hasOwn(words, plain) ? words[plain] : streetClassOf(plain);
    if (kind) return kind === "none" ? null : kind;
  }
  // An archive may not classify its roads.
  return written.length === 0 ? "street" : null;
}

/** The same for who goes along it: null for railways and private ground as well. */
function roadOf(schema: Schema, properties: Properties, kind: LineKind | null): Road | null {
  if (kind === null || kind === "rail") return null;
  if (properties["access"] === "no" || properties["access"] === "private") return null;
  const level = levelOf(properties);
  return {
    name: streetName(properties[schema.name]),
    class: kind,
    oneWay: directionOf(String(properties["oneway"] ?? "")),
    ...(level === 0 ? {} : { level }),
  };
}

/** By bridge and tunnel, or by a number, as each schema has it. */
function levelOf(properties: Properties): number {
  for (const key of ["level", "pmap:level", "layer"]) {
    if (typeof properties[key] === "number") return properties[key];
  }
  if (properties["is_bridge"] === true || properties["brunnel"] === "bridge") return 1;
  return properties["is_tunnel"] === true || properties["brunnel"] === "tunnel" ? -1 : 0;
}

function readRoads(
  schema: Schema,
  tile: DecodedTile,
  isNamed: boolean,
  isDrawn: (kind: LineKind) => boolean,
): TileFeature[] {
  const { roads, rail, fields, namesLayer, name } = schema;
  const kinds = new Map<string, LineKind | null>();
  const kindOnce = (words: readonly string[]) => {
    const key = words.join("\n");
    const kind = kinds.get(key) ?? kindOf(schema, words);
    kinds.set(key, kind);
    return kind;
  };
  const finder =
    isNamed && namesLayer !== null
      ? createNameFinder(
          featuresOf(tile, namesLayer, "line", () => true),
          name,
        )
      : null;
  const lines = (parts: readonly Part[], road: Road | null, kind?: LineKind): TileFeature => ({
    layer: "roads",
    type: 2,
    parts,
    road,
    tags: { ...(kind && { kind }), ...(isNamed && road?.name && { name: road.name }) },
  });
  const lineOf = (properties: Properties) => {
    const words = wordsOf(properties, fields);
    const kind = kindOnce(words);
    const isClassed = words.length > 0;
    // An unclassified street is drawn like a large one.
    if (kind === null || !isDrawn(isClassed ? kind : "main")) return null;
    const isUnderground = kind === "rail" && levelOf(properties) < 0;
    return isUnderground ? null : { kind, drawn: isClassed ? kind : undefined };
  };
  const streets = roads
    .flatMap((layer) => featuresOf(tile, layer, "line", lineOf))
    .flatMap(({ properties, parts, chosen: { kind, drawn } }): TileFeature[] => {
      const road = roadOf(schema, properties, kind);
      if (finder === null || road === null) return [lines(parts, road, drawn)];
      return finder(properties, parts).map(({ part, name: own, number }) =>
        lines([part], { ...road, name: own, ...(number === null ? {} : { number }) }, drawn),
      );
    });
  const railways = featuresOf(
    tile,
    isDrawn("rail") ? (rail ?? "") : "",
    "line",
    (properties) => !/tunnel/i.test(wordsOf(properties, fields).join()) || null,
  );
  return [...streets, ...railways.map(({ parts }) => lines(parts, null, "rail"))];
}

const types = { point: 1, line: 2, area: 3 } as const;

function shapesOf(table: ShapeTable, tile: DecodedTile): TileFeature[] {
  const { as, layer, shape, field, values, name, kind } = table;
  const tagsOf = (properties: Properties) => {
    if (field && !values?.includes(String(properties[field]))) return null;
    const drawn = kind && { kind: isCity(properties) ? "city" : kind };
    if (name === undefined) return { ...drawn };
    const called = properties[name];
    const trimmed = typeof called === "string" ? called.trim() : "";
    return trimmed === "" ? null : { ...drawn, name: trimmed };
  };
  return featuresOf(tile, layer, shape, tagsOf).map(({ parts, chosen }) => ({
    layer: as,
    type: types[shape],
    parts,
    road: null,
    tags: chosen,
  }));
}

function isCity(properties: Properties): boolean {
  const words = wordsOf(properties, ["kind_detail", "pmap:kind_detail", "type", "class"]);
  return words.some((word) => /^(?:city|capital)$/i.test(word));
}

/** Those of a shape that are chosen; most of a tile is not drawn, and its geometry is not decoded. */
function featuresOf<Chosen>(
  tile: DecodedTile,
  name: string,
  shape: ShapeTable["shape"],
  choose: (properties: Properties) => Chosen | null,
): (ReadFeature & { readonly chosen: Chosen })[] {
  const layer = Object.hasOwn(tile, name) ? tile[name] : undefined;
  const found: (ReadFeature & { readonly chosen: Chosen })[] = [];
  for (let index = 0; layer && index < layer.length; index += 1) {
    const feature = layer.feature(index);
    if (feature.type !== types[shape]) continue;
    const { properties } = feature;
    const chosen = choose(properties);
    if (chosen === null) continue;
    const parts = feature.loadGeometry();
    const scale = unitsOfTile / layer.extent;
    // Whole units: a tile is written by steps, and what each leaves off would add up.
    const whole = ({ x, y }: TilePoint) => ({ x: Math.round(x * scale), y: Math.round(y * scale) });
    const scaled = scale === 1 ? parts : parts.map((part) => part.map(whole));
    found.push({ properties, chosen, parts: scaled });
  }
  return found;
}

function wordsOf(properties: Properties, fields: readonly string[]): string[] {
  const words: string[] = [];
  for (const field of fields) {
    const value = properties[field];
    if (typeof value === "string" && value !== "") words.push(value);
  }
  return words;
}
