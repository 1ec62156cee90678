import { createHash } from "node:crypto";
import { open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

/** What a download that broke off was of. */
const note = z.strictObject({
  url: z.string(),
  /** What the server said of the file: another state of it has nothing in common with what came. */
  identity: z.string(),
  /** Of everything that decides which octets are wanted, in which order. */
  plan: z.string(),
  /** Octets that are wanted. */
  octets: z.int(),
});
type Note = z.infer<typeof note>;

export type Partial = Awaited<ReturnType<typeof openPartial>>;

const octetsFile = "download.part";
const noteFile = "download.json";

/** The download that broke off last, with the octets that came; null where none did. */
export async function brokenOff(folder: string) {
  const before = await readNote(folder);
  const came = before && (await stat(join(folder, octetsFile)).catch(() => null));
  return before && { ...before, done: came?.size ?? 0 };
}

/** Goes on where the same download broke off, or begins again. */
export async function openPartial(folder: string, wanted: Note) {
  const before = await readNote(folder);
  const isSame = before !== null && Object.values(before).join() === Object.values(wanted).join();
  const path = join(folder, octetsFile);
  if (!isSame) {
    await dropPartial(folder);
    await writeFile(path, "", { mode: 0o600 });
    await writeFile(join(folder, noteFile), JSON.stringify(wanted), { mode: 0o600 });
  }
  const handle = await open(path, "a+", 0o600);
  const { size } = await handle.stat();
  const changed = before?.url === wanted.url && before.identity !== wanted.identity;
  return {
    path,
    /** Octets that came before, of all that are wanted; the rest is appended. */
    done: size,
    /** Why what came before is of no use; null where it is, or nothing was there. */
    dropped: before === null || isSame ? null : changed ? ("changed" as const) : ("other" as const),
    append: (octets: Uint8Array) => handle.appendFile(octets),
    close: () => handle.close(),
  };
}

/** Once it is kept, or of no use. */
export async function dropPartial(folder: string): Promise<void> {
  await rm(join(folder, noteFile), { force: true });
  await rm(join(folder, octetsFile), { force: true });
}

export function digestOf(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}

async function readNote(folder: string): Promise<Note | null> {
  try {
    return note.parse(JSON.parse(await readFile(join(folder, noteFile), "utf8")));
  } catch {
    return null;
  }
}
