import { createImportReader } from "#core/import/import-reader.ts";
import type { EventDraft, RowFault } from "#core/import/read-row.ts";
import type { ImportChoices, ImportOutline, ImportSetting } from "#core/import/table-reader.ts";
import { noWords } from "#core/import/word-choices.ts";
import { formatInstant } from "#core/time/zone.ts";
import { london } from "#tests/support/outreach.ts";

/** Where the events of these tests may lie: the command and a few kilometres around. */
export const testSetting: ImportSetting = {
  zone: london,
  region: { name: "Enfield and Haringey", west: -0.25, south: 51.52, east: 0.06, north: 51.74 },
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
): ReadFile {
  const reader = createImportReader({ ...autoChoices, ...choices }, testSetting);
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
