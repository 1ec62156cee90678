import { createHash } from "node:crypto";
import { open as openFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { Readable } from "node:stream";
import { TextDecoder } from "node:util";
import type { Actor } from "#core/role.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import type { RequestContext } from "#server/http/route.ts";
import { Problem, problemOfFault } from "#server/problem.ts";

export interface ImportSource {
  readonly fileName: string;
  /** Null when unknown. */
  readonly totalBytes: number | null;
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Reads a range, cut at the end; null for a one-way stream. */
  readonly read: ((from: number, length: number) => Promise<Uint8Array>) | null;
  readonly canReopen: boolean;
}

/** A dry run keeps nothing. */
export interface FileImport {
  readonly actor: Actor;
  readonly source: ImportSource;
  readonly dryRun: boolean;
  readonly signal?: AbortSignal;
}

export async function fileSource(path: string): Promise<ImportSource> {
  const fileName = cleanFileName(basename(path));
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const reason =
      cause.code === "ENOENT"
        ? `there is no file ${path}`
        : `${path} cannot be opened (${cause.code})`;
    throw new FileFault(reason, { cause });
  });
  if (!found.isFile()) throw new FileFault(`${path} is not a file`);
  return {
    fileName,
    totalBytes: found.size,
    open: () => readPieces(path),
    read: (from, length) => readPart(path, from, Math.min(length, found.size - from)),
    canReopen: true,
  };
}

const pieceOctets = 64 * 1024;

async function* readPieces(path: string): AsyncIterable<Uint8Array> {
  const file = await openFile(path);
  try {
    for (;;) {
      const bytes = Buffer.allocUnsafeSlow(pieceOctets);
      const { bytesRead } = await file.read(bytes, 0, bytes.length);
      if (bytesRead === 0) return;
      yield bytes.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function readPart(path: string, from: number, length: number): Promise<Uint8Array> {
  const file = await openFile(path);
  try {
    const bytes = new Uint8Array(Math.max(0, length));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** An import holds the embedded database's only connection (ADR 3); silence frees it. */
const longestSilenceMs = 30_000;

/**
 * The body of a request. Reading does not destroy it, because a refusal half way must still be sent
 * over the same connection.
 */
export function uploadSource(
  body: Readable,
  fileName: string,
  totalBytes: number | null,
  silenceMs = longestSilenceMs,
): ImportSource {
  return {
    fileName,
    totalBytes,
    read: null,
    open: () => untilStalled(body.iterator({ destroyOnReturn: false }), silenceMs),
    canReopen: false,
  };
}

async function* untilStalled(
  chunks: AsyncIterator<Uint8Array>,
  silenceMs: number,
): AsyncIterable<Uint8Array> {
  for (;;) {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(
        () => reject(new FileFault("the upload was interrupted; send it again")),
        silenceMs,
      );
    });
    try {
      const next = await Promise.race([chunks.next(), silence]);
      if (next.done) return;
      yield next.value;
    } finally {
      clearTimeout(timer);
    }
  }
}

export const newDecoder: NewDecoder = (encoding) => new TextDecoder(encoding);

/** GeoJSON and uploads of places are read as a whole, so their size is limited. */
export const largestGeoJson = 200 * 1024 ** 2;

/** An upload held in memory, for what is read in parts. */
export async function heldSource(
  source: ImportSource,
  signal?: AbortSignal,
): Promise<ImportSource> {
  const pieces: Uint8Array[] = [];
  for await (const bytes of piecesOf(source, signal)) pieces.push(bytes);
  const octets = Buffer.concat(pieces);
  return {
    fileName: source.fileName,
    totalBytes: octets.length,
    canReopen: true,
    open: () => Readable.from([octets]),
    read: (from, length) => Promise.resolve(octets.subarray(from, from + length)),
  };
}

export async function* piecesOf(source: ImportSource, signal?: AbortSignal) {
  let size = 0;
  for await (const bytes of source.open()) {
    signal?.throwIfAborted();
    size += bytes.length;
    if (size > largestGeoJson) {
      throw new FileFault("the file is larger than 200 MB; simplify the lines to about 10 m first");
    }
    yield bytes;
  }
}

export async function withUpload<Value>(
  { request }: Pick<RequestContext, "request">,
  fileName: string,
  work: (source: ImportSource) => Promise<Value>,
): Promise<Value> {
  const { body, source } = uploadOf(request, fileName);
  try {
    return await work(source);
  } catch (error) {
    // The rest must be received before the client can read the reply.
    body.resume();
    throw error instanceof FileFault ? problemOfFault(error) : error;
  }
}

export function uploadOf({ body, headers }: RequestContext["request"], fileName: string) {
  if (!(body instanceof Readable)) {
    throw new Problem(
      415,
      "Send the file itself",
      "The body must be the file’s bytes, as application/octet-stream.",
    );
  }
  const length = Number(headers["content-length"]);
  const totalBytes = Number.isSafeInteger(length) ? length : null;
  return { body, source: uploadSource(body, fileName, totalBytes) };
}

/** Provides the SHA-256 of the whole file at the end, however it was read. */
export function hashedSource(source: ImportSource): {
  readonly open: () => AsyncIterable<Uint8Array>;
  readonly digest: () => Promise<string>;
} {
  let digest: string | null = null;
  async function* open(): AsyncIterable<Uint8Array> {
    const hash = createHash("sha256");
    for await (const bytes of source.open()) {
      hash.update(bytes);
      yield bytes;
    }
    digest = hash.digest("hex");
  }
  return {
    open,
    digest: async () => {
      // A workbook is read in parts and never from end to end.
      if (digest === null) for await (const _ of open());
      if (digest === null) throw new TypeError("A file that was read to its end has a hash");
      return digest;
    },
  };
}
