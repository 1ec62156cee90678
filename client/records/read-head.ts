import { browserSource, newDecoder, readBytes } from "#client/files/browser-source.ts";
import { readHeadTable } from "#core/records/preview.ts";
import { failure, type Result, success } from "#core/result.ts";
import { type BlockedColumn, blockedReasons } from "#core/table/columns.ts";
import { findDelimiter } from "#core/table/delimiter.ts";
import { featureSample } from "#core/table/features/open-features.ts";
import { FileFault, faultText } from "#core/table/file-fault.ts";
import { featureKind } from "#core/table/geojson.ts";
import { isTable, openTable } from "#core/table/open-table.ts";
import { createRowReader, type TableRow, tableLimits } from "#core/table/row-reader.ts";
import { headerNumber, type RowUnit } from "#core/table/row-unit.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { createTableWriter } from "#core/table/write-csv.ts";

/** The beginning of a file as a table in text, read on this computer; nothing has been sent. */
export interface FileHead {
  readonly file: File;
  readonly text: string;
  readonly isWhole: boolean;
  /** What its rows are counted in: lines, rows of a sheet, features. */
  readonly unit: RowUnit;
  /** All sheets or layers and the one read; none where there is nothing to choose from. */
  readonly sheets: readonly string[];
  readonly sheet: string | null;
}

/** Enough for the header and the first few hundred rows. */
const headBytes = 256 * 1024;
/** Enough to tell a long row from one without end: two of the longest, four bytes a character. */
const longHeadBytes = 2 * 4 * (tableLimits.rowLength + 1);
/** As many rows as a column is judged by. */
const headRows = 1_000;

export async function readHead(file: File, sheet: string | null = null): Promise<Result<FileHead>> {
  if (file.size === 0) return failure("The file is empty.");
  try {
    if (isTable(await readBytes(file, 0, featureSample))) {
      return success(await tableHead(file, sheet));
    }
    const head = await textHead(file, headBytes);
    if (featureKind(head.text, head.isWhole) !== null) return success(await tableHead(file, null));
    if (head.isWhole || hasRow(head.text)) return success(head);
    return success(await textHead(file, longHeadBytes));
  } catch (error) {
    if (error instanceof FileFault) return failure(faultText(error, "page"));
    throw error;
  }
}

async function textHead(file: File, length: number): Promise<FileHead> {
  const reader = createTextReader(newDecoder);
  const isWhole = file.size <= length;
  const bytes = await readBytes(file, 0, length);
  // A character cut at the end is in the record that is dropped.
  const text = reader.push(bytes) + (isWhole ? reader.finish() : "");
  return { file, text, isWhole, unit: "line", sheets: [], sheet: null };
}

/** Of what is no table in text. */
async function tableHead(file: File, sheet: string | null): Promise<FileHead> {
  const table = await openTable(browserSource(file), { sheet });
  const rows: TableRow[] = [];
  let isWhole = true;
  for await (const piece of table.rows()) {
    rows.push(...piece.rows);
    isWhole = rows.length <= headRows;
    if (!isWhole) break;
  }
  const writer = createTableWriter(headerNumber(table.unit));
  const text = rows.map(writer.write).join("");
  return { file, text, isWhole, unit: table.unit, sheets: table.sheets, sheet: table.sheet };
}

/** Whether a whole row follows the header; the preview reports its faults. */
function hasRow(text: string): boolean {
  try {
    return createRowReader(findDelimiter(text)).push(text).length > 1;
  } catch {
    return true;
  }
}

/** Headings that can be mapped; empty without a table. */
export function headerNames(
  head: FileHead,
  map: Readonly<Record<string, string>> = {},
): { readonly open: readonly string[]; readonly personal: readonly BlockedColumn[] } {
  try {
    const { header } = readHeadTable(head.text, head.isWhole, head.unit, map);
    const { names, personal } = header;
    return {
      open: names.filter((name, at) => name !== "" && !personal.has(at)),
      personal: blockedReasons(header),
    };
  } catch {
    // The preview reports the fault; here there is nothing to choose from.
    return { open: [], personal: [] };
  }
}
