import type { AsyncBuffer, FileMetaData, ParquetParsers, SchemaElement } from "hyparquet";
import type {
  FeatureLayer,
  FeaturePiece,
  LayerRequest,
  Shape,
} from "#core/table/features/feature-layer.ts";
import { degrees, type PointSystem, systemNamed } from "#core/table/features/point-system.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { cellText } from "#core/table/geojson.ts";
import type { TableSource } from "#core/table/table-source.ts";
import { formatCount } from "#core/text/numbers.ts";

const signature = [0x50, 0x41, 0x52, 0x31];

/** "PAR1", as at the beginning and the end of each such file. */
export const isParquet = (start: Uint8Array) => signature.every((code, at) => start[at] === code);

/** A row group is unpacked as a whole. */
const mostRows = 1_000_000;
const mostOctets = 500_000_000;
const rowsAtOnce = 5_000;

/**
 * A Parquet or GeoParquet file: its column of shapes, if it has one, and every column that is no structure of columns. One row
 * group after another is read. Times keep their zone: those in UTC end in "Z".
 */
export async function openParquetLayer(
  source: TableSource,
  { shapes }: LayerRequest,
): Promise<FeatureLayer> {
  const file = await openFile(source);
  if (file.geometry === null && shapes !== "points") {
    throw new FileFault("it has no column of shapes; write it as GeoParquet, with its geometry");
  }
  return {
    format: "parquet",
    unit: "record",
    layers: [],
    layer: null,
    size: file.size,
    names: file.columns.map(({ name }) => name),
    system: file.geometry?.system ?? degrees,
    hasShapes: file.geometry !== null,
    pieces: () => featuresOf(file),
  };
}

async function openFile({ size, read }: TableSource) {
  if (size === null || read === null) throw new TypeError("A Parquet file is read in parts");
  const buffer: AsyncBuffer = {
    byteLength: size,
    slice: async (from, to = size) => {
      const bytes = await read(from, to - from);
      return bytes.buffer.slice(
        bytes.byteOffset,
        bytes.byteOffset + bytes.byteLength,
      ) as ArrayBuffer;
    },
  };
  return orDamaged(async () => {
    const { parquetMetadataAsync } = await import("hyparquet");
    const metadata = await parquetMetadataAsync(buffer, { parsers });
    refuseHuge(metadata);
    return { buffer, size, metadata, ...(await columnsOf(metadata)) };
  });
}
type ParquetFile = Awaited<ReturnType<typeof openFile>>;

function refuseHuge({ row_groups }: FileMetaData): void {
  for (const { num_rows, total_byte_size } of row_groups) {
    if (num_rows <= mostRows && total_byte_size <= mostOctets) continue;
    throw new FileFault(
      `a row group holds more than ${formatCount(mostRows)} rows or ${formatCount(mostOctets / 1e6)} MB; write the file with smaller row groups`,
    );
  }
}

interface Column {
  readonly name: string;
  readonly text: (value: unknown) => string;
}

async function columnsOf(metadata: FileMetaData) {
  const { schema } = metadata;
  const columns: Column[] = [];
  let geometry: { readonly name: string; readonly system: PointSystem } | null = null;
  for (let at = 1; at < schema.length; at += 1) {
    const element = schema[at] as SchemaElement;
    const { logical_type: type, name } = element;
    if (type?.type === "GEOMETRY" || type?.type === "GEOGRAPHY") {
      geometry ??= { name, system: await systemOf(metadata, name, type.crs) };
    } else if (!element.num_children) columns.push({ name, text: textOf(element) });
    at += descendants(schema, at);
  }
  return { columns, geometry };
}

/** A system without a code is none that is known; where none is named, it is WGS84 (GeoParquet 1.1). */
function systemOf(
  { key_value_metadata: pairs = [] }: FileMetaData,
  column: string,
  crs: string | undefined,
): Promise<PointSystem> {
  if (crs !== undefined) return systemNamed(crs);
  const geo: unknown = JSON.parse(pairs.find(({ key }) => key === "geo")?.value ?? "{}");
  const { columns } = geo as {
    columns?: Readonly<Record<string, { crs?: { name?: string } | null }>>;
  };
  const said = columns?.[column]?.crs;
  return said === undefined ? Promise.resolve(degrees) : systemNamed(said?.name ?? "");
}

/** The schema is flat: each element is followed by its children. */
function descendants(schema: readonly SchemaElement[], at: number): number {
  let count = 0;
  for (let left = schema[at]?.num_children ?? 0; left > 0; left -= 1) {
    count += 1;
    count += descendants(schema, at + count);
  }
  return count;
}

/** A time without a zone is local. */
function textOf({ logical_type: type }: SchemaElement): Column["text"] {
  const isLocal = type?.type === "TIMESTAMP" && !type.isAdjustedToUTC;
  return (value) => {
    const text = cellText(typeof value === "bigint" ? String(value) : value);
    return isLocal ? text.replace(/Z$/, "") : text;
  };
}

async function* featuresOf(file: ParquetFile): AsyncIterable<FeaturePiece> {
  const { buffer, metadata, columns, geometry } = file;
  const { parquetReadObjects } = await import("hyparquet");
  const names = [...columns.map(({ name }) => name), ...(geometry ? [geometry.name] : [])];
  let [rowStart, bytes] = [0, 0];
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const features = await orDamaged(async () => {
      const given = { file: buffer, metadata, parsers, rowStart, rowEnd, columns: names };
      return (await parquetReadObjects(given)).map((record) => ({
        values: columns.map(({ name, text }) => text(record[name])),
        shape: geometry ? shapeOf(record[geometry.name]) : null,
      }));
    });
    bytes += Number(group.total_compressed_size ?? 0n);
    for (let at = 0; at < features.length; at += rowsAtOnce) {
      yield { features: features.slice(at, at + rowsAtOnce), bytes };
    }
    rowStart = rowEnd;
  }
}

const shapeOf = (value: unknown) =>
  typeof value === "object" && value !== null ? (value as Shape) : null;

/** Also where it uses what is not read here, such as another compression. */
async function orDamaged<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof FileFault) throw cause;
    const why = /compression codec: (\w+)/.exec((cause as Error).message)?.[1];
    throw new FileFault(
      why === undefined
        ? "this Parquet file cannot be read: part of it is missing or damaged; write it again"
        : `its compression, ${why}, is not read here; write the file with Snappy`,
      { cause },
    );
  }
}

const instantText = (milliseconds: number) => {
  const date = new Date(milliseconds);
  return Number.isNaN(date.getTime()) ? "" : date.toISOString();
};

const parsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis: bigint) => instantText(Number(millis)),
  timestampFromMicroseconds: (micros: bigint) => instantText(Number(micros / 1_000n)),
  timestampFromNanoseconds: (nanos: bigint) => instantText(Number(nanos / 1_000_000n)),
  dateFromDays: (days: number) => instantText(days * 86_400_000).slice(0, 10),
};
