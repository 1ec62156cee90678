import { type FileFault, faultText } from "#core/table/file-fault.ts";

export interface FieldError {
  readonly row?: number;
  readonly field?: string;
  readonly value?: string;
  readonly reason: string;
}

/** The only error that routes throw for callers (RFC 9457). */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** For errors that the page handles itself; "about:blank" otherwise. */
  readonly type: string;

  constructor(
    status: number,
    title: string,
    detail: string,
    errors: readonly FieldError[] = [],
    type = "about:blank",
  ) {
    super(`${title}: ${detail}`);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.errors = errors;
    this.type = type;
  }
}

export function problemOfFault(fault: FileFault): Problem {
  return new Problem(
    422,
    "This file cannot be read",
    `${faultText(fault, "page")} Nothing was imported.`,
    [
      {
        ...(fault.line === null || fault.line === 0 ? {} : { row: fault.line }),
        ...(fault.column === null ? {} : { field: fault.column }),
        ...(fault.value === null ? {} : { value: fault.value }),
        reason: fault.remedy ? `${fault.reason}; ${fault.remedy.page}` : fault.reason,
      },
    ],
  );
}

export function sentence(fault: FileFault): string {
  return faultText(fault, "command");
}
