import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { readHead } from "#client/records/read-head.ts";
import { columnPlan, stripColumns } from "#client/records/strip-columns.ts";
import type { ImportChoices } from "#core/records/import-choices.ts";
import { asFeatures, asWorkbook } from "#tests/support/convert.ts";
import { autoChoices, recordsOf } from "#tests/support/import.ts";
import type { ImportBench } from "#tests/support/import-server.ts";
import { hasSharedFile, sharedFile } from "#tests/support/shared-data.ts";

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
