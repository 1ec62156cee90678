import type { ImportChoices, ImportSetting } from "#core/records/import-choices.ts";
import { createRecordImporter } from "#core/records/import-reader.ts";
import type { ImportOutline } from "#core/records/outline.ts";
import type { EventDraft, RowFault } from "#core/records/read-row.ts";
import { noWords } from "#core/records/word-choices.ts";
import type { DateOrder } from "#core/table/clock.ts";
import { createDelimitedReader } from "#core/table/delimiter.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { openTable } from "#core/table/open-table.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import type { OpenTable, TableSource } from "#core/table/table-source.ts";
import { createZone, formatInstant } from "#core/time/zone.ts";

/** Made here: processes of other time zones read this file, and little else. */
const london = createZone("Europe/London");

/** Where the events of these tests may lie: the command and a few kilometres around. */
export const testSetting: ImportSetting = {
  zone: london,
  region: {
    name: "Enfield and Haringey",
    grid: "EPSG:27700",
    west: -0.25,
    south: 51.52,
    east: 0.06,
    north: 51.74,
  },
  latest: Date.UTC(2026, 0, 1),
  shown: { until: Date.UTC(2026, 0, 1), isDemo: false },
};

export const autoChoices: ImportChoices = {
  profile: "auto",
  map: {},
  kind: null,
  source: null,
  dates: null,
  words: noWords,
  midnight: "as-written",
};

export interface ReadFile {
  readonly drafts: readonly EventDraft[];
  readonly faults: readonly RowFault[];
  readonly outline: ImportOutline;
}

/** A whole text through the reader, in pieces of the given length. */
export function readText(
  text: string,
  choices: Partial<ImportChoices> = {},
  pieceLength = text.length || 1,
  setting: Partial<ImportSetting> = {},
): ReadFile {
  const reader = createImportReader({ ...autoChoices, ...choices }, { ...testSetting, ...setting });
  const parts = [];
  for (let at = 0; at < text.length; at += pieceLength) {
    parts.push(reader.push(text.slice(at, at + pieceLength)));
  }
  parts.push(reader.finish());
  return {
    drafts: parts.flatMap((part) => part.drafts),
    faults: parts.flatMap((part) => part.faults),
    outline: reader.outline(),
  };
}

/** Octets as the readers of tables take them, in pieces of the given length. */
export function bytesTable(bytes: Uint8Array, pieceLength = 65_536): TableSource {
  return {
    size: bytes.length,
    newDecoder: (encoding) => new TextDecoder(encoding),
    read: async (from, length) => bytes.subarray(from, from + length),
    open: async function* () {
      for (let at = 0; at < bytes.length; at += pieceLength) {
        yield bytes.subarray(at, at + pieceLength);
      }
    },
  };
}

/** A whole file of any kind through the reader. */
export async function readBytes(
  bytes: Uint8Array,
  choices: Partial<ImportChoices> = {},
  { sheet = null, pieceLength }: { sheet?: string | null; pieceLength?: number } = {},
): Promise<ReadFile & { readonly table: OpenTable }> {
  const table = await openTable(bytesTable(bytes, pieceLength), { sheet });
  const reader = createRecordImporter({ ...autoChoices, ...choices }, testSetting);
  const parts = [];
  for await (const { rows } of table.rows()) parts.push(reader.push(rows));
  parts.push(reader.finish());
  return {
    table,
    drafts: parts.flatMap((part) => part.drafts),
    faults: parts.flatMap((part) => part.faults),
    outline: reader.outline(),
  };
}

/** The records of a file of any kind, the headings among them. */
export async function recordsOf(
  bytes: Uint8Array,
  sheet: string | null = null,
  pieceLength?: number,
): Promise<readonly TableRow[]> {
  const table = await openTable(bytesTable(bytes, pieceLength), { sheet });
  const records: TableRow[] = [];
  for await (const { rows } of table.rows()) records.push(...rows);
  return records;
}

/** `2021-06-05T14:00:00+01:00/2021-06-05T15:00:00+01:00`, or one instant where both are equal. */
export function spanText(span: { readonly startsAt: number; readonly endsAt: number }): string {
  const start = formatInstant(london, span.startsAt);
  return span.startsAt === span.endsAt ? start : `${start}/${formatInstant(london, span.endsAt)}`;
}

/** A plain table of complaints with these dates, at Fore Street by Brettenham Road. */
export function plainTable(dates: readonly string[], header = "Date"): string {
  const rows = dates.map((date) => `${quoted(date)},51.6179,-0.0631,complaint,asb`);
  return [`${header},Latitude,Longitude,Kind,Category`, ...rows].join("\n");
}

function quoted(cell: string): string {
  return `"${cell.replaceAll('"', '""')}"`;
}

/** The importer over the text of a delimited file. */
export function createImportReader(choices: ImportChoices, setting: ImportSetting) {
  const rows = createDelimitedReader();
  const importer = createRecordImporter(choices, setting);
  return {
    ...importer,
    push: (text: string) => importer.push(rows.push(text)),
    finish: () => {
      const last = importer.push(rows.finish());
      const held = importer.finish();
      return {
        drafts: [...last.drafts, ...held.drafts],
        faults: [...last.faults, ...held.faults],
      };
    },
  };
}

export function faultOf(run: () => unknown): FileFault {
  try {
    run();
  } catch (error) {
    if (error instanceof FileFault) return error;
    throw error;
  }
  throw new Error("The file must be refused");
}

/** The one span of a table with one date, or why it was refused. */
export function spanOfDate(date: string, dates: DateOrder | null = null): string {
  const { drafts, faults } = readText(plainTable([date]), { dates });
  const [draft] = drafts;
  return draft ? spanText(draft) : (faults[0]?.reason ?? "nothing");
}
