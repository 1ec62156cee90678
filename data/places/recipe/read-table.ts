import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";

/**
 * Rows of a plain CSV file (`.gz` too) by column name. The files of data.police.uk and DfT that the
 * recipe reads hold no quoted commas: a row of another width is skipped and counted.
 */
export async function readTable(
  path: string,
  onRow: (row: Readonly<Partial<Record<string, string>>>) => void,
): Promise<{ readonly rows: number; readonly skipped: number }> {
  const file = createReadStream(path);
  const input = path.endsWith(".gz") ? file.pipe(createGunzip()) : file;
  let header: string[] | undefined;
  let rows = 0;
  let skipped = 0;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    const fields = line.split(",");
    if (!header) {
      header = fields;
    } else if (fields.length !== header.length) {
      skipped += 1;
    } else {
      onRow(Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ""])));
      rows += 1;
    }
  }
  return { rows, skipped };
}
