import type { Region } from "#core/places/place.ts";
import { type Draft, prepareLines, prepareTiles } from "#server/places/streets/prepare.ts";
import { readSource } from "#server/places/streets/read-source.ts";

interface Preparing {
  readonly region: Region;
  readonly folder: string;
  readonly signal: AbortSignal;
  readonly maxZoom?: number;
}

/** What `streets add` makes of a file, without a database: nothing is kept. */
export function prepareFile(path: string, given: Preparing): Promise<Draft> {
  const wish = { ...given, area: given.region, command: given.region, roads: [], source: "given" };
  return readSource(path, given, {
    tiles: (archive) => prepareTiles(archive, wish),
    lines: (file) => prepareLines(file, wish),
  });
}
