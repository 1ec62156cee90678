import type { DateOrder } from "#core/import/clock.ts";

export interface FaultDetail extends ErrorOptions {
  readonly line?: number;
  readonly column?: string;
  readonly value?: string;
  /** The order of day and month that would read the file, where that is what went wrong. */
  readonly readDates?: DateOrder;
}

/** A file that cannot be read at all, or no further; nothing of it is kept. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  readonly reason: string;
  readonly line: number | null;
  readonly column: string | null;
  readonly value: string | null;
  readonly readDates: DateOrder | null;

  constructor(reason: string, detail: FaultDetail = {}) {
    super(detail.line === undefined ? reason : `Line ${detail.line}: ${reason}`, detail);
    this.reason = reason;
    this.line = detail.line ?? null;
    this.column = detail.column ?? null;
    this.value = detail.value ?? null;
    this.readDates = detail.readDates ?? null;
  }
}
