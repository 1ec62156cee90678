import { createHash } from "node:crypto";
import { FileFault } from "#core/table/file-fault.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { newDecoder } from "#server/files/decode.ts";
import type { ImportSource } from "#server/files/import-source.ts";

export interface WholeFile {
  readonly fileName: string;
  readonly text: string;
  readonly sha256: string;
}

/** GeoJSON is read as a whole, so its size is limited. */
export const largestGeoJson = 200 * 1024 ** 2;

export async function readWhole(source: ImportSource, signal?: AbortSignal): Promise<WholeFile> {
  const decoder = createTextReader(newDecoder);
  const hash = createHash("sha256");
  const pieces: string[] = [];
  let size = 0;
  for await (const bytes of source.open()) {
    signal?.throwIfAborted();
    size += bytes.length;
    if (size > largestGeoJson) {
      throw new FileFault("the file is larger than 200 MB; simplify the lines to about 10 m first");
    }
    hash.update(bytes);
    pieces.push(decoder.push(bytes));
  }
  if (size === 0) throw new FileFault("the file is empty");
  pieces.push(decoder.finish());
  return { fileName: source.fileName, text: pieces.join(""), sha256: hash.digest("hex") };
}
