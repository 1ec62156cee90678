import { z } from "zod";

export class ApiError extends Error {
  override readonly name = "ApiError";
  /** 0 when no answer came. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors: readonly RowError[];
  /** A problem type that the page handles itself, else "about:blank". */
  readonly type: string;

  constructor(problem: PlainProblem, options?: ErrorOptions) {
    super(`${problem.title}: ${problem.detail}`, options);
    this.status = problem.status;
    this.title = problem.title;
    this.detail = problem.detail;
    this.errors = problem.errors ?? [];
    this.type = problem.type ?? "about:blank";
  }
}

/** The server was unreachable, so the same may be sent again; not what the page aborted. */
export function hadNoAnswer(error: ApiError): boolean {
  const { cause } = error;
  const isGivenUp = cause instanceof DOMException && cause.name === "AbortError";
  if (error.status === 0) return !(isGivenUp || cause instanceof z.ZodError);
  return error.status === 502 || error.status === 503 || error.status === 504;
}

const rowError = z.object({
  row: z.number().optional(),
  field: z.string().optional(),
  value: z.string().optional(),
  reason: z.string(),
});
export type RowError = z.infer<typeof rowError>;

const problemDocument = z.object({
  type: z.string().optional(),
  title: z.string(),
  status: z.number(),
  detail: z.string().default(""),
  errors: z.array(rowError).optional(),
});

interface PlainProblem {
  readonly type?: string | undefined;
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly errors?: readonly RowError[] | undefined;
}

/** The error of a refused request; its body should be a problem document (RFC 9457). */
export function errorFromReply(status: number, body: string): ApiError {
  try {
    return new ApiError(problemDocument.parse(JSON.parse(body)));
  } catch (cause) {
    const title = `The server refused with status ${status}`;
    return new ApiError(
      { status, title, detail: "Try again. If the problem continues, tell your administrator." },
      { cause },
    );
  }
}

/** No answer, or one that cannot be parsed; after a write it says that nothing was changed. */
export function errorFromFailure(cause: unknown, wanted: "read" | "write" = "write"): ApiError {
  if (cause instanceof ApiError) return cause;
  if (cause instanceof z.ZodError) {
    const where = cause.issues[0]?.path.join(".") ?? "";
    const detail = `This page does not match the server (${where}). Reload the page.`;
    return new ApiError(
      { status: 0, title: "The server’s reply could not be read", detail },
      { cause },
    );
  }
  const next = "Check your connection, then try again.";
  const detail = wanted === "read" ? next : `Nothing was changed. ${next}`;
  return new ApiError({ status: 0, title: "The server is not responding", detail }, { cause });
}
