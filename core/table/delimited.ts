import { delimiterSample, findDelimiter } from "#core/table/delimiter.ts";
import { createRowReader, type RowReader, tableLimits } from "#core/table/row-reader.ts";

/** Text in pieces to records, whatever its delimiter: found from the first of the text. */
export function createDelimitedReader(firstLine: 0 | 1 = 1): RowReader {
  let head = "";
  let rows: RowReader | null = null;
  const start = (): RowReader => {
    rows = createRowReader(findDelimiter(head), tableLimits, firstLine);
    return rows;
  };
  return {
    push: (text) => {
      if (rows !== null) return rows.push(text);
      head += text;
      return head.length < delimiterSample ? [] : start().push(head);
    },
    finish: () => {
      const before = rows === null ? start().push(head) : [];
      return [...before, ...(rows as RowReader).finish()];
    },
  };
}
