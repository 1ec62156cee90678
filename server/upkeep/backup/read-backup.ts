import { type FileHandle, open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import {
  type BackupEnd,
  type BackupHead,
  backupEnd,
  backupHead,
  linesOf,
  tableHead,
} from "#server/upkeep/backup/contents.ts";
import { deriveKey, type KeyDerivation, notRestored, unseal } from "#server/upkeep/backup/seal.ts";

interface BackupReader {
  readonly onHead?: (head: BackupHead) => Promise<void>;
  readonly onTable?: (table: string, columns: readonly string[]) => Promise<void>;
  readonly onRows?: (lines: readonly string[]) => Promise<void>;
}

export type OpenBackup = Awaited<ReturnType<typeof openBackup>>;

const rowsAtOnce = 500;
const pieceBytes = 256 * 1024;
const charactersAtOnce = 1024 * 1024;

export async function openBackup(file: string, passphrase: string, signal: AbortSignal) {
  const handle = await open(file, "r").catch((cause: NodeJS.ErrnoException) => {
    throw notRestored(
      cause.code === "ENOENT"
        ? `There is no file ${file}.`
        : `${file} cannot be read (${cause.code ?? "unknown reason"}).`,
      cause,
    );
  });
  const derive = onceFor(deriveKey);
  return {
    close: () => handle.close(),
    /** Reads to the end; throws on any damage. */
    read: async (reader: BackupReader): Promise<BackupHead & BackupEnd> => {
      const parts: { head: BackupHead | null; end: BackupEnd | null } = { head: null, end: null };
      await pipeline(
        () => piecesOf(handle),
        (pieces: AsyncIterable<Uint8Array>) => unseal(pieces, passphrase, derive),
        createGunzip(),
        async (plain: AsyncIterable<Uint8Array>) => {
          await readLines(linesOf(plain), reader, parts);
        },
        { signal },
      );
      if (parts.head === null || parts.end === null) throw notRestored("The backup has no end.");
      return { ...parts.head, ...parts.end };
    },
  };
}

/** The file is read twice; the key takes its time once. */
function onceFor(derive: KeyDerivation): KeyDerivation {
  let held: { readonly salt: Buffer; readonly key: Promise<Buffer> } | null = null;
  return (passphrase, salt) => {
    if (held === null || !held.salt.equals(salt)) {
      held = { salt: Buffer.from(salt), key: derive(passphrase, salt) };
    }
    return held.key;
  };
}

/** From the start each time; the handle's own stream would close it. */
async function* piecesOf(handle: FileHandle): AsyncGenerator<Buffer> {
  let position = 0;
  for (;;) {
    const { bytesRead, buffer } = await handle.read({ buffer: Buffer.alloc(pieceBytes), position });
    if (bytesRead === 0) return;
    yield buffer.subarray(0, bytesRead);
    position += bytesRead;
  }
}

async function readLines(
  lines: AsyncIterable<string>,
  reader: BackupReader,
  parts: { head: BackupHead | null; end: BackupEnd | null },
): Promise<void> {
  let rows: string[] = [];
  let characters = 0;
  const pass = async () => {
    if (rows.length > 0) await reader.onRows?.(rows);
    rows = [];
    characters = 0;
  };
  for await (const line of lines) {
    if (line.startsWith("[")) {
      rows.push(line);
      characters += line.length;
      if (rows.length >= rowsAtOnce || characters >= charactersAtOnce) await pass();
      continue;
    }
    await pass();
    if (parts.head === null) {
      parts.head = understand(backupHead, line);
      await reader.onHead?.(parts.head);
    } else if (line.startsWith('{"end"')) {
      parts.end = understand(backupEnd, line).end;
    } else {
      const { table, columns } = understand(tableHead, line);
      await reader.onTable?.(table, columns);
    }
  }
}

/** Authentic but unreadable: written by another version. */
function understand<Schema extends z.ZodType>(schema: Schema, line: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(line));
  } catch (cause) {
    throw notRestored(
      "This version of Boxster cannot read the backup. Use the version that made it.",
      cause,
    );
  }
}
