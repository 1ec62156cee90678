import type { DateOrder } from "#core/table/clock.ts";
import { type RowUnit, rowUnitWords } from "#core/table/row-unit.ts";

/** What to do about it, in the words of whoever reads it. */
export interface Remedy {
  readonly command: string;
  readonly page: string;
}

export interface FaultDetail extends ErrorOptions {
  readonly line?: number | null;
  /** What `line` counts; lines of a text unless said. */
  readonly unit?: RowUnit;
  readonly column?: string | null;
  readonly value?: string | null;
  /** The order of day and month that would read the file, where that is what went wrong. */
  readonly readDates?: DateOrder | null;
  /** Choices that would read the file; without one, another file is needed. */
  readonly remedy?: Remedy | null;
}

/** A file that cannot be read at all, or no further; nothing of it is kept. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  /** Without line and remedy. */
  readonly reason: string;
  readonly line: number | null;
  readonly unit: RowUnit;
  readonly column: string | null;
  readonly value: string | null;
  readonly readDates: DateOrder | null;
  readonly remedy: Remedy | null;

  /** The message is for the command line; `faultText` words it for a page. */
  constructor(reason: string, detail: FaultDetail = {}) {
    super(wholeText(reason, detail, "command"), detail);
    this.reason = reason;
    this.line = detail.line ?? null;
    this.unit = detail.unit ?? "line";
    this.column = detail.column ?? null;
    this.value = detail.value ?? null;
    this.readDates = detail.readDates ?? null;
    this.remedy = detail.remedy ?? null;
  }

  /** The same fault of a file that is counted in something else than lines. */
  in(unit: RowUnit): FileFault {
    if (this.unit !== "line") return this;
    const { reason, line, column, value, readDates, remedy } = this;
    return new FileFault(reason, {
      ...{ cause: this, unit, line, column, value, readDates, remedy },
    });
  }
}

/** The whole fault as one sentence, with the remedy that its reader has at hand. */
export function faultText(
  fault: Pick<FileFault, "reason" | "line" | "unit" | "remedy">,
  reader: keyof Remedy,
): string {
  const text = wholeText(fault.reason, fault, reader);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

function wholeText(
  reason: string,
  { line, unit = "line", remedy }: Pick<FaultDetail, "line" | "unit" | "remedy">,
  reader: keyof Remedy,
): string {
  const text = remedy ? `${reason}; ${remedy[reader]}` : reason;
  // What is above the first feature has no number.
  return !line ? text : `${rowUnitWords[unit]} ${line}: ${text}`;
}
