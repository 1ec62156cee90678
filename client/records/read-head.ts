import { readHeader } from "#core/import/columns.ts";
import { findDelimiter } from "#core/import/delimiter.ts";
import { findEncoding, type TextEncodingName } from "#core/import/encoding.ts";
import { createRowReader, tableLimits } from "#core/import/row-reader.ts";
import { failure, type Result, success } from "#core/result.ts";

/** The beginning of a file, read on this computer; nothing has been sent. */
export interface FileHead {
  readonly file: File;
  readonly text: string;
  readonly isWhole: boolean;
  readonly encoding: TextEncodingName;
}

/** Enough for the header and the first few hundred rows. */
const headBytes = 256 * 1024;
/** Enough to tell a long row from one without end: two of the longest, four bytes a character. */
const longHeadBytes = 2 * 4 * (tableLimits.rowLength + 1);

export async function readHead(file: File): Promise<Result<FileHead>> {
  if (file.size === 0) return failure("The file is empty: there is no header and no row.");
  const head = await readBytes(file, headBytes);
  if (!head.ok || head.value.isWhole || hasRow(head.value.text)) return head;
  return readBytes(file, longHeadBytes);
}

async function readBytes(file: File, length: number): Promise<Result<FileHead>> {
  const bytes = new Uint8Array(await file.slice(0, length).arrayBuffer());
  const encoding = findEncoding(bytes);
  if (!encoding.ok) return failure(`${encoding.reason}.`);
  const isWhole = file.size <= length;
  // A character cut in half at the end belongs to the record that is left out anyway.
  const text = new TextDecoder(encoding.value).decode(bytes, { stream: !isWhole });
  return success({ file, text, isWhole, encoding: encoding.value });
}

/** Whether a row below the header is there as a whole; what is wrong with it the preview says. */
function hasRow(text: string): boolean {
  try {
    return createRowReader(findDelimiter(text)).push(text).length > 1;
  } catch {
    return true;
  }
}

/** Headers by which a person may say what a column means; none when the file has no table. */
export function headerNames(head: FileHead): {
  readonly open: readonly string[];
  readonly personal: readonly string[];
} {
  try {
    const reader = createRowReader(findDelimiter(head.text));
    const first = [...reader.push(head.text), ...(head.isWhole ? reader.finish() : [])][0];
    if (!first) return { open: [], personal: [] };
    const { names, personal } = readHeader(first);
    return {
      open: names.filter((name, at) => name !== "" && !personal.has(at)),
      personal: names.filter((_, at) => personal.has(at)),
    };
  } catch {
    // The preview names what is wrong with such a file; here there is just nothing to choose from.
    return { open: [], personal: [] };
  }
}
