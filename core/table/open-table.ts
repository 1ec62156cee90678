import { createDelimitedReader } from "#core/table/delimiter.ts";
import { encodingSample } from "#core/table/encoding.ts";
import { eventTable } from "#core/table/features/event-table.ts";
import { formatNames } from "#core/table/features/feature-layer.ts";
import { featureFormat, openFeatures } from "#core/table/features/open-features.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { type FeatureKind, featureKind, openGeoJson } from "#core/table/geojson.ts";
import { headerNumber, type RowUnit } from "#core/table/row-unit.ts";
import type { OpenTable, TablePiece, TableSource } from "#core/table/table-source.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { openWorkbook } from "#core/table/xlsx/workbook.ts";
import { isZip } from "#core/table/xlsx/zip.ts";

export interface TableOptions {
  /** The sheet of a workbook or the layer that a person chose; null for the first that has a table. */
  readonly sheet: string | null;
  readonly unit?: RowUnit;
}

/** Bytes needed to detect the kind of file. */
const kindSample = 65_536;
/** Parsed as one document, in about ten times its size of memory: some 100,000 features. */
const mostGeoJson = 32_000_000;

/** Any file of events as a stream of records, by content, not by name. */
export async function openTable(source: TableSource, options: TableOptions): Promise<OpenTable> {
  const unit = options.unit ?? "line";
  if (source.read === null) return textTable(source, refusingOtherKinds(source), unit);
  const start = await source.read(0, kindSample);
  const request = { layer: options.sheet, shapes: "points", within: null } as const;
  const layer = isTable(start) ? await openFeatures(source, request) : null;
  if (layer !== null) return eventTable(layer);
  if (isZip(start)) return openWorkbook(source, options.sheet);
  if (options.sheet !== null) {
    throw new FileFault("this file is no workbook, so no sheet of it can be chosen");
  }
  const kind = kindOfText(source, start);
  return kind === null
    ? textTable(source, source.open(), unit)
    : eventTable(await openGeoJson(source, kind, mostGeoJson));
}

/** Whether it is no text, but a table in a form of its own, by its beginning. */
export const isTable = (start: Uint8Array) => isZip(start) || featureFormat(start) !== null;

/** Null for a table in text. */
function kindOfText(source: TableSource, start: Uint8Array): FeatureKind | null {
  const text = createTextReader(source.newDecoder);
  const isWhole = start.length < kindSample;
  return featureKind(text.push(start) + (isWhole ? text.finish() : ""), isWhole);
}

function textTable(
  source: TableSource,
  bytes: AsyncIterable<Uint8Array>,
  unit: RowUnit,
): OpenTable {
  const { size } = source;
  const rows = () => textRows(source, bytes, unit);
  return { format: "text", unit, sheets: [], sheet: null, size, rows };
}

async function* textRows(
  source: TableSource,
  pieces: AsyncIterable<Uint8Array>,
  unit: RowUnit,
): AsyncIterable<TablePiece> {
  const text = createTextReader(source.newDecoder);
  const records = createDelimitedReader(headerNumber(unit));
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    yield { rows: records.push(text.push(piece)), bytes };
  }
  yield { rows: records.push(text.finish()), bytes };
  yield { rows: records.finish(), bytes };
}

/** A one-pass stream must be a text table: other kinds need rereading or random access. */
async function* refusingOtherKinds(source: TableSource): AsyncIterable<Uint8Array> {
  const { start, rest } = await takeStart(source.open(), encodingSample);
  const what = otherKind(source, start);
  if (what !== null) {
    throw new FileFault(
      `this is ${what}. Use the page or the command line; only a table in text can be sent here`,
    );
  }
  yield start;
  yield* rest;
}

function otherKind(source: TableSource, start: Uint8Array): string | null {
  if (isZip(start)) return "a spreadsheet (XLSX) or a ZIP archive";
  const format = featureFormat(start);
  if (format !== null) return `a ${formatNames[format]}`;
  return kindOfText(source, start) === null ? null : "GeoJSON";
}

async function takeStart(
  pieces: AsyncIterable<Uint8Array>,
  length: number,
): Promise<{ start: Uint8Array; rest: AsyncIterable<Uint8Array> }> {
  const iterator = pieces[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let size = 0;
  while (size < length) {
    const next = await iterator.next();
    if (next.done) break;
    taken.push(next.value);
    size += next.value.length;
  }
  const start = new Uint8Array(size);
  let at = 0;
  for (const piece of taken) {
    start.set(piece, at);
    at += piece.length;
  }
  return { start, rest: { [Symbol.asyncIterator]: () => iterator } };
}
