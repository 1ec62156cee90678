import { FileFault } from "#core/table/file-fault.ts";
import {
  createRowReader,
  type RowReader,
  type TableRow,
  tableLimits,
} from "#core/table/row-reader.ts";

/** Characters needed to detect the delimiter. */
export const delimiterSample = 65_536;

const candidates = [",", "\t", ";", "|"] as const;

/**
 * The delimiter that splits the header into most cells, weighted by how many rows below fit it; a
 * comma when nothing splits it. Quoted text may contain another more often than there are columns:
 * where rows do not fit the best one, one that gives every row the header's width is preferred.
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
  /** Share of rows that fit, as scored. */
  readonly share: number;
  /** All rows, at least one, are as wide as the header. */
  readonly isEven: boolean;
}

function scoreOf(head: string, delimiter: string): Score {
  const rows = readLeniently(head, delimiter);
  const width = rows[0]?.cells.length ?? 0;
  // Trailing empty cells may have been left out.
  const share = shareOf(rows, (cells) => cells <= width && cells > width / 2);
  const isEven = rows.length > 1 && width > 1 && rows.every(({ cells }) => cells.length === width);
  const whole = { score: width < 2 ? 0 : width * share, share, isEven };
  const below = scoreBelowTitle(rows);
  return below.score > whole.score ? { ...below, isEven } : whole;
}

/** Headings may come after a title, or a spreadsheet's `sep=` line. */
function scoreBelowTitle(rows: readonly TableRow[]): Omit<Score, "isEven"> {
  const width = rows.find((row) => filledCells(row) >= 2)?.cells.length ?? 0;
  const share = shareOf(rows, (cells) => cells === width);
  return { score: width < 2 ? 0 : width * share, share };
}

function shareOf(rows: readonly TableRow[], fits: (cells: number) => boolean): number {
  return rows.filter(({ cells }) => fits(cells.length)).length / rows.length;
}

/** The sample may end inside a record; faults are left to the real reader. */
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

/** Streams records; detects the delimiter from the beginning of the text. */
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

export function filledCells({ cells }: { readonly cells: readonly string[] }): number {
  let filled = 0;
  for (const cell of cells) if (cell.trim() !== "") filled += 1;
  return filled;
}
