import type { DateOrder } from "#core/table/clock.ts";
import { type RowUnit, rowUnitWords } from "#core/table/row-unit.ts";

export interface Remedy {
  readonly command: string;
  readonly page: string;
}

export interface FaultDetail extends ErrorOptions {
  readonly line?: number | null;
  /** What `line` counts; text lines by default. */
  readonly unit?: RowUnit;
  readonly column?: string | null;
  readonly value?: string | null;
  /** The day and month order that would read the file, if that was the problem. */
  readonly readDates?: DateOrder | null;
  /** Choices that would read the file; without one, another file is needed. */
  readonly remedy?: Remedy | null;
}

/** A file that cannot be read at all, or no further; nothing of it is kept. */
export class FileFault extends Error {
  override readonly name: string = "FileFault";
  /** Without line and remedy. */
  readonly reason: string;
  readonly line: number | null;
  readonly unit: RowUnit;
  readonly column: string | null;
  readonly value: string | null;
  readonly readDates: DateOrder | null;
  readonly remedy: Remedy | null;

  /** Worded for the command line; see `faultText` for a page. */
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

  /** The same fault for another unit than lines. */
  in(unit: RowUnit): FileFault {
    if (this.unit !== "line") return this;
    const { reason, line, column, value, readDates, remedy } = this;
    return new FileFault(reason, {
      cause: this,
      unit,
      line,
      column,
      value,
      readDates,
      remedy,
    });
  }
}

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
  // Anything above the first feature has no number.
  return !line ? text : `${rowUnitWords[unit]} ${line}: ${text}`;
}
