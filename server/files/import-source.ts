import { createReadStream } from "node:fs";
import { open as openFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { FileFault } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";

/** Where the octets of one file come from. */
export interface ImportSource {
  readonly fileName: string;
  /** Null when it is not known beforehand. */
  readonly totalBytes: number | null;
  readonly open: () => AsyncIterable<Uint8Array>;
  /** Any part of it, cut off at its end; null where it comes by once only. */
  readonly read: ((from: number, length: number) => Promise<Uint8Array>) | null;
  /** Whether `open` may be called again, to read the file another way. */
  readonly canReopen: boolean;
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
    open: () => createReadStream(path, { highWaterMark: 256 * 1024 }),
    read: (from, length) => readPart(path, from, Math.min(length, found.size - from)),
    canReopen: true,
  };
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

/** An import holds the embedded database's one connection (ADR 3): whoever falls silent gives it back. */
const longestSilenceMs = 30_000;

/**
 * The body of a request. It is read without destroying it, because a reply must still go out
 * over the same connection when the file is refused half way.
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
        () => reject(new FileFault("the file stopped arriving half way; send it again")),
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
