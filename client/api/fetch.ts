import type { z } from "zod";
import { type ApiError, errorFromFailure, errorFromReply } from "#client/api/api-error.ts";
import { joinSignals } from "#client/api/join-signals.ts";
import {
  freshProofType,
  pageTokenHeader,
  secondFactorType,
  stalePageTitle,
} from "#core/text/problem-types.ts";

/** Tied to the session; from GET /api/session, which other sites cannot read. */
let pageToken: string | null = null;
export function setPageToken(token: string | null): void {
  pageToken = token;
}

export function pageTokenHeaders(): Readonly<Record<string, string>> {
  return pageToken === null ? {} : { [pageTokenHeader]: pageToken };
}

/** Aborts every request when the person leaves. */
let underWay = new AbortController();

export function giveUpRequests(): void {
  underWay.abort();
  underWay = new AbortController();
}

export interface RequestOptions {
  readonly method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly body?: unknown;
  /** Sent as it is, in place of a body. */
  readonly file?: Blob;
  readonly signal?: AbortSignal | undefined;
  /** A failed proof does not end the current session. */
  readonly isProof?: boolean;
  /** Without cookie and token: neither keeps a session alive nor ends one. */
  readonly isAnonymous?: boolean;
  /** Goes on when the page is left. */
  readonly keepalive?: boolean;
  /** ETag of the copy that is here; the server answers 304 if it is current. */
  readonly tag?: string;
}

/** A JSON reply, parsed by its wire schema. Throws an `ApiError`, or an `AbortError` when cancelled. */
export async function fetchJson<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  options: RequestOptions = {},
): Promise<z.infer<Schema>> {
  return read(path, options, async (reply) => schema.parse(await reply.json()));
}

export async function fetchNothing(path: string, options: RequestOptions = {}): Promise<void> {
  await read(path, options, async () => undefined);
}

/** Octets are null where the tag is still current (304). */
export async function fetchChanged(
  path: string,
  tag: string | null,
  options: RequestOptions = {},
): Promise<{ readonly octets: ArrayBuffer | null; readonly headers: Headers }> {
  return read(path, tag === null ? options : { ...options, tag }, async (reply) => ({
    octets: reply.status === 304 ? null : await reply.arrayBuffer(),
    headers: reply.headers,
  }));
}

/** One JSON document a line, each handed over as it arrives. */
export async function fetchLines<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  onLine: (line: z.infer<Schema>) => void,
  options: RequestOptions = {},
): Promise<void> {
  await read(path, options, async ({ body }) => {
    for await (const line of linesOf(body)) onLine(schema.parse(JSON.parse(line)));
  });
}

async function* linesOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<string> {
  if (!body) return;
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let held = "";
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (held + decoder.decode(part.value, { stream: true })).split("\n");
      held = lines.pop() ?? "";
      for (const line of lines) if (line.trim() !== "") yield line;
    }
    if (held.trim() !== "") yield held;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

let onSignedOut: () => void = () => undefined;
export function whenSignedOut(listener: () => void): void {
  onSignedOut = listener;
}

/** Called when the session is locked, or another one than the page was opened under. */
let onOtherSession: () => void = () => undefined;
export function whenSessionChanged(listener: () => void): void {
  onOtherSession = listener;
}

/** False when the person declines. */
let askForProof: () => Promise<boolean> = async () => false;
export function whenProofNeeded(ask: () => Promise<boolean>): void {
  askForProof = ask;
}

/** Can be aborted until the body is read. */
async function read<Value>(
  path: string,
  options: RequestOptions,
  ofReply: (reply: Response) => Promise<Value>,
): Promise<Value> {
  const { keepalive = false, signal } = options;
  const joined = joinSignals(keepalive ? [signal] : [underWay.signal, signal]);
  try {
    const reply = await request(path, { ...options, signal: joined.signal });
    return await ofReply(reply).catch((cause) => {
      throw asError(cause, options);
    });
  } finally {
    joined.release();
  }
}

/** Sent again once the person has given a proof that the server asked for. */
async function request(path: string, options: RequestOptions): Promise<Response> {
  const first = await send(path, options);
  if (first.ok || (options.tag !== undefined && first.status === 304)) return first;
  const error = await errorOf(first, options);
  if (error.type !== freshProofType || !(await askForProof())) throw error;
  const again = await send(path, options);
  if (again.ok) return again;
  throw await errorOf(again, options);
}

async function send(path: string, options: RequestOptions): Promise<Response> {
  const { keepalive = false, signal = null, body, file } = options;
  const type = file ? "application/octet-stream" : "application/json";
  const sent = file ?? (body === undefined ? null : JSON.stringify(body));
  try {
    return await fetch(path, {
      method: options.method ?? "GET",
      credentials: options.isAnonymous ? "omit" : "same-origin",
      keepalive,
      signal,
      headers: {
        ...(options.isAnonymous ? {} : pageTokenHeaders()),
        ...(sent === null ? {} : { "content-type": type }),
        ...(options.tag === undefined ? {} : { "if-none-match": options.tag }),
      },
      body: sent,
    });
  } catch (cause) {
    throw asError(cause, options);
  }
}

async function errorOf(reply: Response, options: RequestOptions): Promise<ApiError> {
  const error = errorFromReply(reply.status, await reply.text().catch(() => ""));
  const isOfSession = !(options.isAnonymous || (options.isProof && error.status === 401));
  if (isOfSession) noteRefusal(error);
  return error;
}

export function noteRefusal(error: ApiError): void {
  if (error.status === 401) onSignedOut();
  else if (error.status === 423 || error.title === stalePageTitle) onOtherSession();
  else if (error.type === secondFactorType) onOtherSession();
}

function asError(cause: unknown, { method = "GET" }: RequestOptions): ApiError | DOMException {
  if (cause instanceof DOMException && cause.name === "AbortError") return cause;
  return errorFromFailure(cause, method === "GET" ? "read" : "write");
}
