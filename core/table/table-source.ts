import type { TableRow } from "#core/table/row-reader.ts";
import type { RowUnit } from "#core/table/row-unit.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";

/** Where the octets of one file come from, in the browser and on the server. */
export interface TableSource {
  /** Null when it is not known beforehand, as of an upload. */
  readonly size: number | null;
  /** From the first octet to the last. */
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Any part of the file, cut off at its end; null when it comes by once only. */
  readonly read: ((from: number, length: number) => Promise<Uint8Array>) | null;
  readonly newDecoder: NewDecoder;
}

export interface TablePiece {
  readonly rows: readonly TableRow[];
  /** Octets that are through, of `size`. */
  readonly bytes: number;
}

/** A file whose kind is known: a stream of records, the first of which holds the headings. */
export interface OpenTable {
  readonly format: "text" | "geojson" | "xlsx";
  readonly unit: RowUnit;
  /** The sheets of a workbook, in its order, and the one that is read. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  /** How many octets there are to read; null when it is not known beforehand. */
  readonly size: number | null;
  readonly rows: () => AsyncIterable<TablePiece>;
}
