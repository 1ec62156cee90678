import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { readHead } from "#client/records/read-head.ts";
import { columnPlan, stripColumns } from "#client/records/strip-columns.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { autoChoices, recordsOf } from "#tests/support/import.ts";
import type { ImportBench } from "#tests/support/import-server.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";
import { daysOf, type SheetCell, workbook } from "#tests/support/workbook.ts";

/** A table as a spreadsheet program keeps it: numbers, real dates, months and times. */
function asWorkbook([header, ...rows]: readonly TableRow[]): Uint8Array {
  const cells = rows.map((row) => row.cells.map(sheetCell));
  return workbook([{ name: "Sheet1", rows: [header?.cells ?? [], ...cells] }]);
}

function sheetCell(text: string): SheetCell {
  if (text === "") return null;
  if (/^-?\d{1,3}\.\d+$/.test(text) || /^[1-9]\d{0,8}$/.test(text)) return Number(text);
  if (/^\d{4}-\d{2}$/.test(text)) return { days: daysOf(`${text}-01`), format: 17 };
  if (/^\d{4}[-/]\d{2}[-/]\d{2}$/.test(text)) {
    return { days: daysOf(text.replaceAll("/", "-")), format: "dd/mm/yyyy" };
  }
  const time = /^(\d{2}):(\d{2})$/.exec(text);
  if (!time) return text;
  return { days: (Number(time[1]) * 60 + Number(time[2])) / 1440, format: "hh:mm" };
}

/** The same as points with properties; as one collection, or a feature on each line. */
function asFeatures([header, ...rows]: readonly TableRow[], onLines = false): Uint8Array {
  const names = header?.cells ?? [];
  const lng = names.findIndex((name) => /^longitude$/i.test(name));
  const lat = names.findIndex((name) => /^latitude$/i.test(name));
  const features = rows.map(({ cells }) => ({
    type: "Feature",
    geometry: { type: "Point", coordinates: [Number(cells[lng]), Number(cells[lat])] },
    properties: Object.fromEntries(
      names.flatMap((name, at) => (at === lng || at === lat ? [] : [[name, cells[at] ?? null]])),
    ),
  }));
  if (onLines) return Buffer.from(features.map((one) => JSON.stringify(one)).join("\n"));
  return Buffer.from(JSON.stringify({ type: "FeatureCollection", features }));
}

/** A table in text that the other formats are made from. */
export interface FormatCase {
  readonly title: string;
  readonly read: () => Uint8Array;
  readonly choices: Partial<ImportChoices>;
  readonly rows: number;
  readonly isThere: boolean;
}

const small = [
  "Month,Longitude,Latitude,Location,Crime type",
  "2021-06,-0.0631,51.6179,On or near Fore Street,Anti-social behaviour",
  "2021-07,-0.0632,51.6178,On or near Bull Lane,Burglary",
  "2021-08,-0.0633,91,On or near Bull Lane,Burglary",
].join("\n");

function shared(name: string, rows: number, choices: Partial<ImportChoices> = {}): FormatCase {
  const read = () => readFileSync(sharedFile(name));
  return { title: name, read, rows, choices, isThere: hasSharedFile(name) };
}

export const formatCases: readonly FormatCase[] = [
  { title: "a few rows", read: () => Buffer.from(small), rows: 3, choices: {}, isThere: true },
  shared("police_uk/2021-stop-and-search.csv", 16_412),
  shared("police_uk/2021-street-burglary.csv", 11_443),
  shared("stats19/collisions-2022.csv", 4_666, { kind: "complaint" }),
];

/** What the page makes of a file and sends. */
async function asSent(bytes: Uint8Array, choices: Partial<ImportChoices>) {
  const head = await readHead(new File([new Uint8Array(bytes)], "file"));
  if (!head.ok) throw new Error(head.reason);
  const plan = columnPlan(head.value, { ...autoChoices, ...choices });
  const never = { signal: new AbortController().signal, onShare: () => undefined };
  const sent = await stripColumns(head.value, plan, never);
  return { bytes: new Uint8Array(await sent.arrayBuffer()), unit: head.value.unit };
}

/** As CSV, as a workbook and as features, by command and by page: each row is known as that event. */
export async function expectEqualFormats(
  bench: ImportBench,
  { read, choices, rows }: FormatCase,
  most = Number.POSITIVE_INFINITY,
): Promise<void> {
  const csv = firstRows(read(), most);
  const table = await recordsOf(csv);
  const first = await bench.importBytes(csv, { choices });
  expect(first.rows).toBe(Math.min(rows, most));
  const counts = {
    rows: first.rows,
    rejected: first.rejected,
    accepted: 0,
    duplicates: first.accepted + first.duplicates,
  };
  const others = {
    csv,
    workbook: asWorkbook(table),
    collection: asFeatures(table),
    lines: asFeatures(table, true),
  };
  for (const [name, bytes] of Object.entries(others)) {
    const byCommand = await bench.importBytes(bytes, { choices });
    expect({ name, ...byCommand }).toMatchObject({ name, ...counts });
    const sent = await asSent(bytes, choices);
    const byPage = await bench.importBytes(sent.bytes, { choices, unit: sent.unit });
    expect({ name, ...byPage }).toMatchObject({ name, ...counts });
    expect(byPage.errors.map(({ row }) => row)).toEqual(byCommand.errors.map(({ row }) => row));
  }
}

/** The headings and so many rows; these files have no line end within a cell. */
function firstRows(csv: Uint8Array, most: number): Uint8Array {
  if (most === Number.POSITIVE_INFINITY) return csv;
  return Buffer.from(
    Buffer.from(csv)
      .toString()
      .split("\n")
      .slice(0, most + 1)
      .join("\n"),
  );
}
