import type { EventDraft } from "#core/records/read-row.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import type { EventKey } from "#server/records/import/duplicate-key.ts";
import type { RowOfFile } from "#server/records/import/event-writer.ts";
import type { BatchName } from "#server/records/queries/batches.ts";
import type { KnownEvent } from "#server/records/queries/events.ts";

/** Rows that a batch held already, by what they were known by. */
type KnownRows = Readonly<Record<RowOfFile["knownBy"], Lines>>;

const namedLines = 10;
const namedBatches = 5;

/**
 * Which rows existed before, and which references came twice (DEFINITIONS, Events, duplicates). A
 * reference is one event of its kind, whose first row counts; without one the whole content is
 * compared, and equal rows of one file are all real: the second is keyed as the second. `keyOf`: a
 * second key set for this file, to tell whether rows of a reference agree.
 */
export function createDuplicateReport(keyOf: (identity: string) => EventKey) {
  const byBatch = new Map<number, KnownRows>();
  const corrected = createLines();
  const again = createLines();
  const againDiffers = createLines();
  const repeated = createLines();
  let alike = 0;
  const withoutType = new Map<number, number>();
  return {
    isRepeat: (draft: EventDraft): boolean => {
      if (draft.once === null) return false;
      const isFirst = keyOf(draft.once).ordinal === 1;
      const differs = keyOf(`${draft.once}\u001f${contentOf(draft)}`).ordinal === 1;
      if (isFirst) return false;
      again.add(draft.line);
      if (differs) againDiffers.add(draft.line);
      return true;
    },
    /** With its key: `ordinal` among rows of the file with this identity. */
    keyed: ({ line, once }: Pick<EventDraft, "line" | "once">, ordinal: number) => {
      if (once !== null || ordinal === 1) return;
      repeated.add(line);
      alike += ordinal === 2 ? 2 : 1;
    },
    known: ({ line, knownBy }: RowOfFile, { batch, differs, lacksType }: KnownEvent) => {
      if (lacksType) withoutType.set(batch, (withoutType.get(batch) ?? 0) + 1);
      const rows = byBatch.get(batch) ?? { content: createLines(), reference: createLines() };
      rows[knownBy].add(line);
      byBatch.set(batch, rows);
      if (knownBy === "reference" && differs) corrected.add(line);
    },
    batches: () => [...byBatch.keys()],
    notes: (batches: readonly BatchName[], fileSha256: string): string[] => [
      ...batchNotes(byBatch, batches, fileSha256),
      ...correctedNotes(corrected),
      ...againNotes(again, againDiffers),
      // For rows that an earlier file holds, that file's note covers it.
      ...(byBatch.size === 0 ? alikeNotes(alike, repeated) : []),
      ...typeNotes(withoutType),
    ],
  };
}

function contentOf({ cell, kind, source, category, startsAt, endsAt }: EventDraft): string {
  return [cell, kind, source, category, startsAt, endsAt].join(" ");
}

function batchNotes(
  byBatch: ReadonlyMap<number, KnownRows>,
  batches: readonly BatchName[],
  fileSha256: string,
): string[] {
  const notes = batches.slice(0, namedBatches).flatMap((batch) => {
    const known = byBatch.get(batch.id);
    if (!known) return [];
    const { content, reference } = known;
    const name = `batch ${batch.id} "${batch.fileName}"`;
    return batch.fileSha256 === fileSha256
      ? [
          `This file was already imported as ${name}: ${rows(content.count() + reference.count())} skipped.`,
        ]
      : [...contentNotes(content, name), ...referenceNotes(reference, name)];
  });
  const more = batches.length - namedBatches;
  return more > 0 ? [...notes, `Other rows were in ${more} earlier imports.`] : notes;
}

function contentNotes(lines: Lines, name: string): string[] {
  const count = lines.count();
  if (count === 0) return [];
  const [equal, were] = count === 1 ? ["equals a row", "was"] : ["equal rows", "were"];
  return [
    `${rows(count)} without a reference (${lines.words()}) ${equal} of ${name}, another file, and ${were} skipped as duplicates. If they are different events, add a reference column, or undo that import and import both files as one. Equal rows within one file are all kept.`,
  ];
}

function referenceNotes(lines: Lines, name: string): string[] {
  const count = lines.count();
  if (count === 0) return [];
  return [
    `${rows(count)} with a reference already in ${name} (${lines.words()}) ${count === 1 ? "was" : "were"} skipped.`,
  ];
}

function correctedNotes(lines: Lines): string[] {
  if (lines.count() === 0) return [];
  return [
    `Same reference, different content: ${rows(lines.count())} (${lines.words()}). The first was kept. To use these rows instead, undo the first import and import this file again.`,
  ];
}

function againNotes(again: Lines, differs: Lines): string[] {
  if (again.count() === 0) return [];
  const some =
    differs.count() === 0
      ? ""
      : ` Same reference, different content: ${rows(differs.count())} (${differs.words()}).`;
  return [
    `${rows(again.count())} ${again.count() === 1 ? "has" : "have"} a reference already used in this file (${again.words()}). Only the first row of each was kept.${some}`,
  ];
}

/** Common in published data: two events can look alike. */
function alikeNotes(alike: number, repeated: Lines): string[] {
  if (alike === 0) return [];
  const verb = repeated.count() === 1 ? "repeats" : "repeat";
  return [
    `${rows(alike)} are alike (${repeated.words()} ${verb} one above): ${alike === 2 ? "both" : "all"} are kept.`,
  ];
}

/** From before types were stored, or read without them. */
function typeNotes(withoutType: ReadonlyMap<number, number>): string[] {
  return [...withoutType]
    .slice(0, namedBatches)
    .map(
      ([batch, count]) =>
        `${rows(count)} of import ${batch} ${count === 1 ? "is" : "are"} stored without the type in this file. To add it, undo that import and import this file again.`,
    );
}

type Lines = ReturnType<typeof createLines>;

function createLines() {
  const first: number[] = [];
  let count = 0;
  return {
    add: (line: number) => {
      count += 1;
      if (first.length < namedLines) first.push(line);
    },
    count: () => count,
    /** "lines 4, 9 and 12 more" */
    words: () => {
      const more = count - first.length;
      return `${count === 1 ? "line" : "lines"} ${first.join(", ")}${more > 0 ? ` and ${formatCount(more)} more` : ""}`;
    },
  };
}

const rows = (count: number) => formatQuantity(count, "row");
