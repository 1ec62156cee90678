export interface FieldError {
  readonly row?: number;
  readonly field?: string;
  readonly value?: string;
  readonly reason: string;
}

/** The one error that a route throws for a caller to read (RFC 9457). */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly FieldError[];
  /** For what the page answers by itself; "about:blank" says no more than the status. */
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
