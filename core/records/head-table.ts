import { headerAt } from "#core/records/find-header.ts";
import { judgeValues } from "#core/records/judge-values.ts";
import { type Header, readHeader } from "#core/table/columns.ts";
import { findDelimiter } from "#core/table/delimiter.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { createRowReader, type TableRow, tableLimits } from "#core/table/row-reader.ts";
import { headerNumber, type RowUnit } from "#core/table/row-unit.ts";

/** As many as the reader of the whole file judges by. */
const judgedRows = 1_000;

/** The headings and the rows at the beginning of a file, judged by their values as well. */
export function readHeadTable(
  head: string,
  isWhole: boolean,
  unit: RowUnit,
  map: Readonly<Record<string, string>> = {},
): { header: Header; sample: TableRow[] } {
  const reader = createRowReader(findDelimiter(head), tableLimits, headerNumber(unit));
  const records = reader.push(head);
  if (isWhole) records.push(...reader.finish());
  const at = headerAt(records, map);
  const [first, ...sample] = records.slice(at);
  if (first === undefined) {
    throw new FileFault(
      isWhole
        ? "the file is empty: there is no header and no row"
        : "there is no whole record at the beginning of this file",
    );
  }
  const header = judgeValues(readHeader(first), sample.slice(0, judgedRows));
  if (sample.length > 0) return { header, sample };
  throw new FileFault(
    isWhole
      ? "the file has a header and no rows below it"
      : "there is no whole row at the beginning of this file",
    { line: header.line },
  );
}
