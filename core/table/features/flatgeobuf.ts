import {
  type FeatureLayer,
  isFull,
  type LayerFeature,
  type LayerRequest,
  longestRecord,
  refuseOtherShapes,
  type Shape,
} from "#core/table/features/feature-layer.ts";
import { createFlatTable, type FlatTable } from "#core/table/features/flat-table.ts";
import { createOctets, takeOctets, viewOf } from "#core/table/features/octets.ts";
import { openSystem } from "#core/table/features/point-system.ts";
import type { TableSource } from "#core/table/table-source.ts";

const longestHeader = 1_000_000;
const indexEntry = 40;

/** FlatGeobuf 3 (https://flatgeobuf.org): a head, an index, which is passed over, and one feature after another. */
export async function openFlatGeobuf(
  source: TableSource,
  size: number,
  request: LayerRequest,
): Promise<FeatureLayer> {
  const decoder = source.newDecoder("utf-8");
  const decode = (octets: Uint8Array) => decoder.decode(octets);
  const begin = async () => {
    const octets = createOctets(source.open());
    await octets.skip(8);
    return { octets, head: headOf(await takeTable(octets, longestHeader, decode)) };
  };
  const { octets: begun, head } = await begin();
  await begun.close();
  refuseOtherShapes(new Set([shapeTypes[head.type] ?? "GeometryCollection"]), request.shapes);
  const system = await openSystem(head.system);
  return {
    format: "flatgeobuf",
    names: head.columns.map(({ name }) => name),
    system,
    size,
    layers: [],
    layer: null,
    pieces: async function* () {
      const { octets } = await begin();
      await octets.skip(indexSize(head.count, head.nodeSize));
      let features: LayerFeature[] = [];
      let from = octets.done();
      let read = 0;
      while (await octets.has(4)) {
        const feature = await takeTable(octets, longestRecord, decode);
        const shape = feature.table(0);
        features.push({
          values: valuesOf(feature.octets(1), head.columns, decode),
          shape: shape && shapeOf(shape, head.type || shape.u8(6)),
        });
        read += 1;
        if (!isFull(features, octets.done() - from)) continue;
        yield { features, bytes: octets.done() };
        [features, from] = [[], octets.done()];
      }
      // Zero where the writer did not know.
      if (head.count !== 0 && head.count !== read) throw new RangeError("Not all features");
      yield { features, bytes: octets.done() };
    },
  };
}

type Decode = (octets: Uint8Array) => string;

/** The next table, behind its size. */
async function takeTable(
  octets: ReturnType<typeof createOctets>,
  longest: number,
  decode: Decode,
): Promise<FlatTable> {
  const size = viewOf(await takeOctets(octets, 4)).getUint32(0, true);
  if (size < 8 || size > longest) throw new RangeError("Not the size of a feature");
  const all = (await takeOctets(octets, size)).slice();
  return createFlatTable(all, decode);
}

interface Column {
  readonly name: string;
  readonly type: number;
}

function headOf(head: FlatTable) {
  const crs = head.table(10);
  return {
    type: head.u8(2),
    columns: head.tables(7).map((one): Column => ({ name: one.text(0) ?? "", type: one.u8(1) })),
    count: head.u64(8),
    nodeSize: head.u16(9, 16),
    system: crs
      ? { code: crs.i32(1), name: crs.text(2), wkt: crs.text(4) }
      : { name: "not named in the file" },
  };
}

/** A packed tree over all features: its levels shrink by the size of a node. */
function indexSize(count: number, nodeSize: number): number {
  if (nodeSize === 0 || count === 0) return 0;
  const node = Math.max(nodeSize, 2);
  let [level, nodes] = [count, count];
  do {
    level = Math.ceil(level / node);
    nodes += level;
  } while (level > 1);
  return nodes * indexEntry;
}

const shapeTypes = [
  "Unknown",
  "Point",
  "LineString",
  "Polygon",
  "MultiPoint",
  "MultiLineString",
  "MultiPolygon",
];

function shapeOf(shape: FlatTable, code: number): Shape | null {
  const type = shapeTypes[code] ?? "GeometryCollection";
  if (type === "MultiPolygon") {
    return { type, coordinates: shape.tables(7).map((part) => partsOf(part)) };
  }
  const [line = []] = type === "Polygon" || type === "MultiLineString" ? [] : partsOf(shape);
  if (type === "Point") return line[0] ? { type, coordinates: line[0] } : null;
  if (type === "MultiPoint" || type === "LineString") return { type, coordinates: line };
  return type === "Polygon" || type === "MultiLineString"
    ? { type, coordinates: partsOf(shape) }
    : { type };
}

/** Points of all parts stand in one list, with where each part ends. */
function partsOf(shape: FlatTable): number[][][] {
  const numbers = shape.doubles(1);
  const ends = shape.integers(0);
  let from = 0;
  return (ends.length > 0 ? ends : [numbers.length / 2]).map((end) => {
    if (end < from || end * 2 > numbers.length) throw new RangeError("Parts that overlap");
    const points: number[][] = [];
    for (; from < end; from += 1) {
      points.push([numbers[2 * from] as number, numbers[2 * from + 1] as number]);
    }
    return points;
  });
}

/** Numbers by their column's type: how many octets, and how they are read. */
const numbers: readonly (readonly [number, (view: DataView, at: number) => unknown])[] = [
  [1, (view, at) => view.getInt8(at)],
  [1, (view, at) => view.getUint8(at)],
  [1, (view, at) => view.getUint8(at) !== 0],
  [2, (view, at) => view.getInt16(at, true)],
  [2, (view, at) => view.getUint16(at, true)],
  [4, (view, at) => view.getInt32(at, true)],
  [4, (view, at) => view.getUint32(at, true)],
  [8, (view, at) => String(view.getBigInt64(at, true))],
  [8, (view, at) => String(view.getBigUint64(at, true))],
  [4, (view, at) => view.getFloat32(at, true)],
  [8, (view, at) => view.getFloat64(at, true)],
];
const binary = 14;

/** Each value stands behind the number of its column; texts behind their length. */
function valuesOf(octets: Uint8Array, columns: readonly Column[], decode: Decode): unknown[] {
  const values: unknown[] = columns.map(() => null);
  const view = viewOf(octets);
  for (let at = 0; at < octets.length; ) {
    const index = view.getUint16(at, true);
    const type = columns[index]?.type ?? Number.NaN;
    const number = numbers[type];
    at += 2;
    if (number !== undefined) {
      values[index] = number[1](view, at);
      at += number[0];
      continue;
    }
    const length = view.getUint32(at, true);
    if (!(type <= binary) || at + 4 + length > octets.length)
      throw new RangeError("No such column");
    if (type !== binary) values[index] = decode(octets.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return values;
}
