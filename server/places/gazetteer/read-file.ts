import {
  createGazetteerReader,
  type GazetteerFile,
} from "#core/places/gazetteer/read-gazetteer.ts";
import type { Region } from "#core/places/place.ts";
import { createTextReader } from "#core/table/text-reader.ts";
import { type ImportSource, newDecoder } from "#server/files/import-source.ts";

export interface GazetteerProgress {
  readonly rows: number;
  readonly bytes: number;
  readonly totalBytes: number | null;
}

/** A gazetteer file piece by piece; nothing is written while it is read. */
export async function readGazetteerFile(
  source: ImportSource,
  region: Region,
  signal: AbortSignal,
  onProgress: (progress: GazetteerProgress) => void,
): Promise<GazetteerFile> {
  const reader = createGazetteerReader(region);
  const decoder = createTextReader(newDecoder);
  let bytes = 0;
  for await (const piece of source.open()) {
    signal.throwIfAborted();
    bytes += piece.length;
    reader.push(decoder.push(piece));
    onProgress({ rows: reader.rows(), bytes, totalBytes: source.totalBytes });
  }
  reader.push(decoder.finish());
  return reader.finish();
}
