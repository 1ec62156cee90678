import { readHeader } from "#core/import/columns.ts";
import { findDelimiter } from "#core/import/delimiter.ts";
import { findReading } from "#core/import/detect.ts";
import { FileFault } from "#core/import/file-fault.ts";
import { type EventDraft, type RowFault, readRow } from "#core/import/read-row.ts";
import { createRowReader } from "#core/import/row-reader.ts";
import {
  type ImportChoices,
  type ImportOutline,
  type ImportSetting,
  outlineOf,
  settleReading,
} from "#core/import/table-reader.ts";
import { failure, type Result, success } from "#core/result.ts";

export interface ImportPreview {
  readonly outline: ImportOutline;
  /** All headers of the file, for choosing another column for a role. */
  readonly columns: readonly string[];
  /** The first rows, each as what it would be read as, or why not. */
  readonly rows: readonly Result<EventDraft, RowFault>[];
}

/**
 * What the beginning of a file would be read as, before anything is sent anywhere.
 * The last record of `head` may be cut off and is left out, unless `isWhole` says it is the end.
 */
export function previewImport(
  head: string,
  isWhole: boolean,
  choices: ImportChoices,
  setting: ImportSetting,
  count = 20,
): Result<ImportPreview, FileFault> {
  try {
    const reader = createRowReader(findDelimiter(head));
    const records = reader.push(head);
    if (isWhole) records.push(...reader.finish());
    const [first, ...sample] = records;
    if (first === undefined) {
      throw new FileFault("there is no whole record at the beginning of this file");
    }
    const header = readHeader(first);
    const guess = findReading(header, choices);
    const settled = settleReading({ header, guess, sample, choices, setting });
    return success({
      outline: outlineOf(header, settled),
      columns: header.names.filter((_, at) => !header.personal.has(at)),
      rows: sample.slice(0, count).map((row) => readRow(row, settled.how)),
    });
  } catch (error) {
    if (error instanceof FileFault) return failure(error);
    throw error;
  }
}
