import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import { createRecordImporter } from "#core/records/import-reader.ts";
import type { AgeCount, KeptEvents } from "#core/records/retention.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { OpenTable } from "#core/table/table-source.ts";

/** Hears how many octets are through, of the table's size; what it throws stops the count. */
export type OnBytes = (bytes: number, size: number | null) => void;

/**
 * Reads a whole file and counts the rows that are past their age; null where it cannot be read, which
 * the import itself says better. Nothing of it is kept.
 */
export async function countAge(
  open: () => Promise<OpenTable>,
  choices: ImportChoices,
  setting: ImportSetting & { readonly kept: KeptEvents },
  onBytes: OnBytes = () => undefined,
): Promise<AgeCount | null> {
  try {
    return await countOnce(await open(), choices, setting, onBytes);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    if (error.readDates === null || choices.dates !== null) return null;
    return countAge(open, { ...choices, dates: error.readDates }, setting, onBytes);
  }
}

async function countOnce(
  table: OpenTable,
  choices: ImportChoices,
  setting: ImportSetting & { readonly kept: KeptEvents },
  onBytes: OnBytes,
): Promise<AgeCount> {
  const reader = createRecordImporter(choices, setting);
  let [rows, past] = [0, 0];
  const take = ({ drafts }: ReturnType<typeof reader.push>) => {
    rows += drafts.length;
    for (const { endsAt } of drafts) if (endsAt < setting.kept.from) past += 1;
  };
  for await (const piece of table.rows()) {
    take(reader.push(piece.rows));
    onBytes(piece.bytes, table.size);
  }
  take(reader.finish());
  return { rows, past };
}
