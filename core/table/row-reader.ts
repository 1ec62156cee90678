import { FileFault } from "#core/table/file-fault.ts";
import { unwrapped } from "#core/text/normalise.ts";
import { formatCount } from "#core/text/numbers.ts";

/** `line` is where it starts, from 1. */
export interface TableRow {
  readonly line: number;
  readonly cells: readonly string[];
}

export interface TableLimits {
  readonly columns: number;
  /** Characters in one record. */
  readonly rowLength: number;
}

/** Far above any real export, far below what would fill the memory. */
export const tableLimits: TableLimits = { columns: 1_000, rowLength: 262_144 };

/**
 * Turns text, fed in pieces, into records in constant memory: RFC 4180 with any one-character
 * delimiter, line ends CRLF, LF or CR, blank records left out. A quote inside an unquoted cell, and
 * text after a closing quote, are taken literally, as spreadsheets do.
 */
export interface RowReader {
  readonly push: (text: string) => TableRow[];
  /** The last record, when no line end closes it. */
  readonly finish: () => TableRow[];
}

type Mode = "cell-start" | "plain" | "quoted" | "quote-seen";

const lineFeed = 10;
const carriageReturn = 13;
const quote = 34;
/** `="07700"`: how spreadsheets keep a text from being a number. */
const equals = 61;

export function createRowReader(
  delimiter: string,
  limits: TableLimits = tableLimits,
  firstLine: 0 | 1 = 1,
): RowReader {
  const delimiterCode = delimiter.charCodeAt(0);
  let rows: TableRow[] = [];
  let cells: string[] = [];
  let cell = "";
  let mode: Mode = "cell-start";
  let line: number = firstLine;
  let rowLine: number = firstLine;
  let quoteLine: number = firstLine;
  let rowLength = 0;
  let afterReturn = false;
  let atStart = true;

  const take = (piece: string) => {
    cell = cell === "" ? piece : cell + piece;
    rowLength += piece.length;
    if (rowLength <= limits.rowLength) return;
    if (mode === "quoted") throw unclosedQuote(quoteLine);
    throw new FileFault(
      `this row is longer than ${formatCount(limits.rowLength)} characters; the file is not a table of events, or its line ends are missing`,
      { line: rowLine },
    );
  };
  const endCell = () => {
    cells.push(cell.charCodeAt(0) === equals ? unwrapped(cell) : cell);
    cell = "";
    mode = "cell-start";
    if (cells.length > limits.columns) {
      throw new FileFault(
        `this row has more than ${formatCount(limits.columns)} columns; export only the columns that are needed`,
        { line: rowLine },
      );
    }
  };
  const endRow = () => {
    endCell();
    if (cells.some((text) => text.trim() !== "")) rows.push({ line: rowLine, cells });
    cells = [];
    rowLength = 0;
  };
  const readQuoted = (text: string, from: number): number => {
    const close = text.indexOf('"', from);
    const end = close === -1 ? text.length : close;
    for (let at = from; at < end; at += 1) countLine(text.charCodeAt(at));
    take(text.slice(from, end));
    if (close === -1) return end;
    mode = "quote-seen";
    afterReturn = false;
    return end + 1;
  };
  /** CRLF counts as one line end, even when split between two chunks. */
  const countLine = (code: number) => {
    if (code === carriageReturn || (code === lineFeed && !afterReturn)) line += 1;
    afterReturn = code === carriageReturn;
  };
  const opensOrDoublesQuote = (code: number): boolean => {
    if (code !== quote) return false;
    if (mode === "cell-start") {
      quoteLine = line;
      return true;
    }
    if (mode !== "quote-seen") return false;
    take('"');
    return true;
  };
  const readPlain = (text: string, from: number): number => {
    const code = text.charCodeAt(from);
    if (code === lineFeed && afterReturn) {
      afterReturn = false;
      return from + 1;
    }
    afterReturn = false;
    if (opensOrDoublesQuote(code)) {
      mode = "quoted";
      return from + 1;
    }
    const end = endOfPlain(text, from, delimiterCode);
    mode = "plain";
    if (end > from) take(text.slice(from, end));
    if (end === text.length) return end;
    const stop = text.charCodeAt(end);
    if (stop === delimiterCode) {
      endCell();
      return end + 1;
    }
    endRow();
    countLine(stop);
    rowLine = line;
    return end + 1;
  };
  const read = (text: string) => {
    let at = 0;
    while (at < text.length) at = mode === "quoted" ? readQuoted(text, at) : readPlain(text, at);
  };
  const handOver = () => {
    const ready = rows;
    rows = [];
    return ready;
  };

  return {
    push: (text) => {
      if (text === "") return [];
      const nul = text.indexOf("\0");
      read(withoutMark(nul === -1 ? text : text.slice(0, nul), atStart));
      atStart = false;
      if (nul === -1) return handOver();
      throw new FileFault("there is a NUL character here, so this is not a text file", { line });
    },
    finish: () => {
      if (mode === "quoted") throw unclosedQuote(quoteLine);
      if (cells.length > 0 || mode !== "cell-start") endRow();
      return handOver();
    },
  };
}

function endOfPlain(text: string, from: number, delimiterCode: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === delimiterCode || code === lineFeed || code === carriageReturn) return at;
    at += 1;
  }
  return at;
}

/** Strips a byte order mark before the first header. */
function withoutMark(text: string, atStart: boolean): string {
  return atStart && text.startsWith("\uFEFF") ? text.slice(1) : text;
}

function unclosedQuote(line: number): FileFault {
  return new FileFault(
    'a quote (") opens here and is never closed. Close it, or double it if it belongs to the text',
    { line },
  );
}
