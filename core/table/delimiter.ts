import { FileFault } from "#core/table/file-fault.ts";
import {
  createRowReader,
  type RowReader,
  type TableRow,
  tableLimits,
} from "#core/table/row-reader.ts";

/** How much of a file is enough to see its delimiter, in characters. */
export const delimiterSample = 65_536;

const candidates = [",", "\t", ";", "|"] as const;

/**
 * The delimiter that parts the header into most cells, weighed by how many of the rows below fit under it; a comma when
 * nothing parts it. Text in quotes may hold another one more often than there are columns: where the best one leaves rows
 * that do not fit, one under which every row is as wide as the header goes before it.
 */
export function findDelimiter(head: string): string {
  const tried = candidates.map((delimiter) => ({ delimiter, ...scoreOf(head, delimiter) }));
  const [best] = tried.filter(({ score }) => score > 1).toSorted((a, b) => b.score - a.score);
  if (!best) return ",";
  if (best.share === 1) return best.delimiter;
  const [even = best] = tried.filter(({ isEven }) => isEven).toSorted((a, b) => b.score - a.score);
  return even.delimiter;
}

interface Score {
  readonly score: number;
  /** Of the rows, those that fit as the score takes them. */
  readonly share: number;
  /** Every row is as wide as the header, and there are some. */
  readonly isEven: boolean;
}

function scoreOf(head: string, delimiter: string): Score {
  const rows = readLeniently(head, delimiter);
  const width = rows[0]?.cells.length ?? 0;
  // Empty cells at the end of a row may have been left out.
  const share = shareOf(rows, (cells) => cells <= width && cells > width / 2);
  const isEven = rows.length > 1 && width > 1 && rows.every(({ cells }) => cells.length === width);
  const whole = { score: width < 2 ? 0 : width * share, share, isEven };
  const below = scoreBelowTitle(rows);
  return below.score > whole.score ? { ...below, isEven } : whole;
}

/** Above the headings there may be a title, or the line by which a spreadsheet names its delimiter. */
function scoreBelowTitle(rows: readonly TableRow[]): Omit<Score, "isEven"> {
  const width = rows.find((row) => filledCells(row) >= 2)?.cells.length ?? 0;
  const share = shareOf(rows, (cells) => cells === width);
  return { score: width < 2 ? 0 : width * share, share };
}

function shareOf(rows: readonly TableRow[], fits: (cells: number) => boolean): number {
  return rows.filter(({ cells }) => fits(cells.length)).length / rows.length;
}

/** The sample may end inside a record, and a fault is the real reader's to report. */
function readLeniently(head: string, delimiter: string): readonly TableRow[] {
  const reader = createRowReader(delimiter);
  try {
    const rows = reader.push(head);
    return rows.length > 0 ? rows : reader.finish();
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    const cells = new Array<string>(tableLimits.columns).fill("");
    return head.includes(delimiter) ? [{ line: 1, cells }] : [];
  }
}

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

/** How many cells of a record hold anything. */
export function filledCells({ cells }: { readonly cells: readonly string[] }): number {
  let filled = 0;
  for (const cell of cells) if (cell.trim() !== "") filled += 1;
  return filled;
}
