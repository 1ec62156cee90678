import { createMidnightWatch, midnightNote } from "#core/records/midnight.ts";
import type { EventDraft, RowReading } from "#core/records/read-row.ts";
import { ageWords, type KeptEvents } from "#core/records/retention.ts";
import { createRowCounts } from "#core/records/row-counts.ts";
import { isNothing } from "#core/records/show-value.ts";
import type { UnknownWord } from "#core/records/wire/import.ts";
import {
  canBeListWord,
  categoryOfWord,
  kindOfWord,
  sourceOfWord,
  type WordReading,
  type WordRole,
  wordRoles,
} from "#core/records/word-choices.ts";
import { nameOfColumn } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";
import type { Zone } from "#core/time/zone.ts";

export interface ShownUntil {
  /** Epoch milliseconds; an event is shown once its whole span lies before it. */
  readonly until: number;
  /** Whether it is fixed at the demonstration's date. */
  readonly isDemo: boolean;
}

const listedWords = 12;

export function createRowNotes(
  how: RowReading,
  { shown, kept = null }: { readonly shown: ShownUntil; readonly kept?: KeptEvents | null },
) {
  const { columns, profile } = how.reading;
  const at = columns.get("category");
  const column = at === undefined ? "" : (how.header.names[at] ?? "");
  let readAs: string | null = null;
  const counts = { after: 0, over: 0, withoutCategory: 0, withheld: 0 };
  const age = { rows: 0, past: 0 };
  const referenceAt = how.referenceIs !== "none" ? columns.get("reference") : undefined;
  const unknown = createUnknownWords(how);
  const midnight = createMidnightWatch();
  const types = createUnknownTypes(how);
  const lookAtCategory = (word: string, draft: EventDraft) => {
    if (word === "" || isNothing(word, "category")) counts.withoutCategory += 1;
    else if (profile.kind !== null) readAs = `kind ${draft.kind}, source ${draft.source}`;
  };
  return {
    lookAtRefused: unknown.look,
    unknownWords: unknown.list,
    /** Null as well where midnights were read as unknown. */
    midnightSpike: midnight.spike,
    look: (row: TableRow, draft: EventDraft) => {
      midnight.look(draft.clockMinute);
      age.rows += 1;
      if (kept !== null && draft.endsAt < kept.from) age.past += 1;
      types.look(row, draft);
      if (draft.startsAt >= shown.until) counts.after += 1;
      else if (draft.endsAt > shown.until) counts.over += 1;
      if (referenceAt !== undefined && draft.reference === null && row.cells[referenceAt]?.trim()) {
        counts.withheld += 1;
      }
      if (at !== undefined) lookAtCategory(row.cells[at]?.trim() ?? "", draft);
    },
    notes: (): string[] => {
      const { withoutCategory, withheld } = counts;
      const notes: string[] = [];
      if (kept !== null && age.past > 0) notes.push(ageWords(age, kept, how.zone));
      notes.push(...shownNotes(counts, shown, how.zone));
      if (withoutCategory > 0) {
        notes.push(
          `${rowsWith(withoutCategory, "has", "have")} nothing under "${column}" and ${withoutCategory === 1 ? "is" : "are"} kept as other.`,
        );
      }
      if (withheld > 0) {
        notes.push(
          `${rowsWith(withheld, "has", "have")} a reference that looks like a vehicle mark, a number of somebody or a date of birth: it was not kept.`,
        );
      }
      if (readAs !== null) {
        notes.push(
          `Its rows are read as ${readAs}. If the police reported or found them, choose another source: "Reported by" on the page, --source on the command line.`,
        );
      }
      const spike = midnight.spike();
      return [...notes, ...types.notes(), ...(spike === null ? [] : [midnightNote(spike)])];
    },
  };
}

function shownNotes(
  { after, over }: { readonly after: number; readonly over: number },
  { until, isDemo }: ShownUntil,
  zone: Zone,
): string[] {
  if (!isDemo) {
    if (after + over === 0) return [];
    return [
      `${rowsWith(after + over, "ends", "end")} after this moment, as a day or a month does that is not over: shown once it is.`,
    ];
  }
  const told = (count: number, one: string, many: string) =>
    count === 0
      ? []
      : [
          `${rowsWith(count, one, many)} ${formatDate(zone.dateOf(until - 1))}, the demonstration's date: hidden until then.`,
        ];
  return [...told(after, "is after", "are after"), ...told(over, "reaches past", "reach past")];
}

function rowsWith(count: number, one: string, many: string): string {
  return `${formatQuantity(count, "row")} ${count === 1 ? one : many}`;
}

/** Words in no list of the profile. */
const mostUnknownTypes = 100;

function createUnknownTypes({ header, reading }: RowReading) {
  const at = reading.columns.get("type");
  const counts = createRowCounts<string>(mostUnknownTypes);
  let rows = 0;
  return {
    look: (row: TableRow, { type }: Pick<EventDraft, "type">) => {
      if (type !== null || at === undefined) return;
      const text = row.cells[at]?.trim() ?? "";
      if (text === "" || isNothing(text, "type")) return;
      rows += 1;
      const word = canBeListWord(text) ? `"${text}"` : "not shown";
      counts.add(word, word);
    },
    notes: (): string[] => {
      if (rows === 0 || at === undefined) return [];
      const listed = counts.list().slice(0, listedWords);
      const words = listed.map(({ value, rows }) => `${value} (${formatCount(rows)})`);
      const more = rows - listed.reduce((sum, { rows }) => sum + rows, 0);
      if (more > 0) words.push(`others (${formatCount(more)})`);
      const [are, have] = rows === 1 ? ["row is", "it has"] : ["rows are", "they have"];
      return [
        `Type not known: ${formatCount(rows)} ${are} kept without one, for what ${have} under "${nameOfColumn(header, at)}": ${words.join(", ")}.`,
      ];
    },
  };
}

/** More than any list has. */
const mostUnknownWords = 100;

function createUnknownWords(how: RowReading) {
  const counts = createRowCounts<{ readonly role: WordRole; readonly word: string }>(
    mostUnknownWords,
  );
  const { columns, profile } = how.reading;
  const roles = wordRoles.filter((role) => columns.has(role) && !(role === "kind" && profile.kind));
  return {
    look: (row: TableRow) => {
      for (const role of roles) {
        const text = row.cells[columns.get(role) ?? -1]?.trim() ?? "";
        if (text === "" || !isUnknown[role](text, how)) continue;
        const word = canBeListWord(text) ? text : "";
        counts.add(`${role}\u001f${normaliseWords(word)}`, { role, word });
      }
    },
    list: (): UnknownWord[] =>
      counts.list().map(({ value: { role, word }, rows }) => {
        const column = nameOfColumn(how.header, columns.get(role) ?? -1);
        return { role, column, word, rows };
      }),
  };
}

const isUnknown: Readonly<Record<WordRole, (word: string, how: WordReading) => boolean>> = {
  kind: (word, how) => kindOfWord(word, how) === undefined,
  category: (word, how) => categoryOfWord(word, how) === undefined,
  source: (word, how) => sourceOfWord(word, how) === undefined,
};
