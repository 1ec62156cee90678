import type { DateOrder } from "#core/import/clock.ts";

/** What to do about it, in the words of whoever reads it. */
export interface Remedy {
  readonly command: string;
  readonly page: string;
}

export interface FaultDetail extends ErrorOptions {
  readonly line?: number;
  readonly column?: string;
  readonly value?: string;
  /** The order of day and month that would read the file, where that is what went wrong. */
  readonly readDates?: DateOrder;
  /** Choices that would read the file; without one, another file is needed. */
  readonly remedy?: Remedy;
}

/** A file that cannot be read at all, or no further; nothing of it is kept. */
export class FileFault extends Error {
  override readonly name = "FileFault";
  /** Without line and remedy. */
  readonly reason: string;
  readonly line: number | null;
  readonly column: string | null;
  readonly value: string | null;
  readonly readDates: DateOrder | null;
  readonly remedy: Remedy | null;

  /** The message is for the command line; `faultText` words it for a page. */
  constructor(reason: string, detail: FaultDetail = {}) {
    super(wholeText(reason, detail, "command"), detail);
    this.reason = reason;
    this.line = detail.line ?? null;
    this.column = detail.column ?? null;
    this.value = detail.value ?? null;
    this.readDates = detail.readDates ?? null;
    this.remedy = detail.remedy ?? null;
  }
}

/** The whole fault as one sentence, with the remedy that its reader has at hand. */
export function faultText(fault: FileFault, reader: keyof Remedy): string {
  const { line, remedy } = fault;
  const detail = { ...(line === null ? {} : { line }), ...(remedy ? { remedy } : {}) };
  const text = wholeText(fault.reason, detail, reader);
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith(".") ? "" : "."}`;
}

function wholeText(reason: string, { line, remedy }: FaultDetail, reader: keyof Remedy): string {
  const text = remedy ? `${reason}; ${remedy[reader]}` : reason;
  return line === undefined ? text : `Line ${line}: ${text}`;
}
