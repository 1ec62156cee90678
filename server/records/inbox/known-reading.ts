import { findReading } from "#core/records/detect.ts";
import { headerAt, headerWithin } from "#core/records/find-header.ts";
import { isMadeFrom } from "#core/records/saved-profile.ts";
import type { ImportProfile } from "#core/records/wire/import-profile.ts";
import { type Header, readHeader } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { openTable } from "#core/table/open-table.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { type ImportSource, newDecoder } from "#server/files/import-source.ts";

/**
 * The profile that knows a file's headings: a saved one made from just these, or a ready-made one with a signature. Null
 * where no such profile is known; a guess is left to a person. Throws a `FileFault` for a file without headings.
 */
export async function knownReading(
  source: ImportSource,
  profiles: readonly ImportProfile[],
): Promise<string | null> {
  const header = await headerOf(source);
  const made = profiles.find(({ reading }) => isMadeFrom(reading, header.names));
  return made?.name ?? readyProfile(header);
}

function readyProfile(header: Header): string | null {
  try {
    const { profile } = findReading(header, { profile: "auto", map: {} });
    return profile.signature.length > 0 ? profile.name : null;
  } catch (error) {
    if (error instanceof FileFault) return null;
    throw error;
  }
}

async function headerOf(source: ImportSource): Promise<Header> {
  const { totalBytes: size, read, open } = source;
  const table = await openTable({ size, read, open, newDecoder }, { sheet: null });
  const first: TableRow[] = [];
  for await (const { rows } of table.rows()) {
    first.push(...rows);
    if (first.length >= headerWithin) break;
  }
  const top = first[headerAt(first)];
  if (top === undefined) throw new FileFault("the file is empty");
  return readHeader(top);
}
