import { headerAt, headerWithin } from "#core/records/find-header.ts";
import { isMadeFrom } from "#core/records/saved-profile.ts";
import type { ImportProfile } from "#core/records/wire/import-profile.ts";
import { type Header, readHeader } from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { openTable } from "#core/table/open-table.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { type ImportSource, newDecoder } from "#server/files/import-source.ts";

/**
 * The saved profile that was made from a file with just these headings; null where there is none. A ready-made one is no
 * answer: who reported the crimes of data.police.uk, a person must say. Throws a `FileFault` for a file without headings.
 */
export async function knownReading(
  source: ImportSource,
  profiles: readonly ImportProfile[],
): Promise<string | null> {
  const { names } = await headerOf(source);
  return profiles.find(({ reading }) => isMadeFrom(reading, names))?.name ?? null;
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
