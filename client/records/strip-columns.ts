import { browserSource } from "#client/files/browser-source.ts";
import type { FileHead } from "#client/records/read-head.ts";
import { findReading, type ReadingChoices } from "#core/records/detect.ts";
import { type ColumnPlan, createRowKeeper, planByReading } from "#core/records/keep-columns.ts";
import type { PlaceStep } from "#core/records/place-step.ts";
import { readHeadTable } from "#core/records/preview.ts";
import { type Header, readHeader } from "#core/table/columns.ts";
import { openTable } from "#core/table/open-table.ts";
import { headerNumber } from "#core/table/row-unit.ts";
import { headingText } from "#core/text/personal-columns.ts";

export interface StripOptions {
  readonly signal: AbortSignal;
  /** 0 to 1, of the file. */
  readonly onShare: (share: number) => void;
  /** Puts cells in place of words about places (core/records/place-step.ts). */
  readonly makeStep?: ((header: Header) => PlaceStep | null) | null;
}

/** Which columns of the file are needed to read it as it was shown; all others stay here. */
export function columnPlan(head: FileHead, choices: ReadingChoices): ColumnPlan {
  const { header } = readHeadTable(head.text, head.isWhole, head.unit, choices.map);
  return planByReading(header, findReading(header, choices));
}

/**
 * Sent instead of the file: a table of only the columns read, from any kind of file, made before
 * anything leaves this computer (SAFEGUARDS, invariant 8).
 */
export async function stripColumns(
  head: FileHead,
  plan: ColumnPlan,
  { signal, onShare, makeStep }: StripOptions,
): Promise<Blob> {
  signal.throwIfAborted();
  const table = await openTable(browserSource(head.file), { sheet: head.sheet });
  const size = table.size ?? head.file.size;
  const toFile = planForWholeFile(plan);
  const parts: string[] = [];
  const chunks: Blob[] = [];
  let length = 0;
  let keeper: ReturnType<typeof createRowKeeper> | null = null;
  for await (const { rows: all, bytes } of table.rows()) {
    signal.throwIfAborted();
    // Rows above the headings are not part of the table.
    const rows = keeper === null ? all.filter(({ line }) => line >= plan.header.line) : all;
    const [header] = rows;
    if (keeper === null && header) {
      const step = makeStep?.(readHeader(header)) ?? null;
      keeper = createRowKeeper(toFile(header.cells), headerNumber(table.unit), step);
    }
    for (const row of rows) {
      const text = keeper?.write(row) ?? "";
      parts.push(text);
      length += text.length;
    }
    onShare(size === 0 ? 1 : bytes / size);
    if (length < chunkCharacters) continue;
    // Browsers can move blobs to disk, but not strings.
    chunks.push(new Blob(parts.splice(0)));
    length = 0;
  }
  return new Blob([...chunks, ...parts]);
}

const chunkCharacters = 4_000_000;

/**
 * The plan is from the file's head. Later features may have other properties, so columns are
 * matched again by name.
 */
function planForWholeFile(plan: ColumnPlan): (cells: readonly string[]) => ColumnPlan {
  const { names } = plan.header;
  return (cells) => {
    const all = cells.map(headingText);
    if (all.length === names.length && all.every((name, at) => name === names[at])) return plan;
    const known = (at: number) => names.indexOf(all[at] ?? "");
    const here = (at: number) => all.indexOf(names[at] ?? "");
    return {
      header: {
        ...plan.header,
        names: all,
        personal: new Map([...plan.header.personal].map(([at, why]) => [here(at), why])),
      },
      keeps: (at) => known(at) !== -1 && plan.keeps(known(at)),
      reference: plan.reference === null ? null : here(plan.reference),
      lists: new Set([...plan.lists].map(here)),
    };
  };
}
