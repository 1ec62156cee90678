import type { LayerFormat } from "#core/table/features/feature-layer.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import type { RowUnit } from "#core/table/row-unit.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";

export interface TableSource {
  /** Null when unknown, as for an upload. */
  readonly size: number | null;
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Any range of the file, cut off at its end; null for a one-pass stream. */
  readonly read: ((from: number, length: number) => Promise<Uint8Array>) | null;
  readonly newDecoder: NewDecoder;
}

export interface TablePiece {
  readonly rows: readonly TableRow[];
  /** Bytes done, of `size`. */
  readonly bytes: number;
}

/** A file of known kind: a stream of records, headings first. */
export interface OpenTable {
  readonly format: "text" | "xlsx" | LayerFormat;
  readonly unit: RowUnit;
  /** Sheets of a workbook, or layers of a file that has several. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
  /** Bytes to read; null when unknown. */
  readonly size: number | null;
  readonly rows: () => AsyncIterable<TablePiece>;
}
