import { createMidnightWatch, type MidnightSpike, midnightNote } from "#core/records/midnight.ts";
import type { EventDraft, RowReading } from "#core/records/read-row.ts";
import { ageWords, type KeptEvents } from "#core/records/retention.ts";
import { isNothing, showValue } from "#core/records/show-value.ts";
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

/** More than any list of crime types; bounds memory for any file. */
const mostWords = 200;
const listedWords = 12;

export function createRowNotes(
  how: RowReading,
  { shown, kept = null }: { readonly shown: ShownUntil; readonly kept?: KeptEvents | null },
) {
  const { columns, profile } = how.reading;
  const at = columns.get("category");
  const column = at === undefined ? "" : (how.header.names[at] ?? "");
  const words = new Map<string, WordCount>();
  const counts = { after: 0, over: 0, withoutCategory: 0, withheld: 0 };
  const age = { rows: 0, past: 0 };
  const referenceAt = how.referenceIs !== "none" ? columns.get("reference") : undefined;
  const unknown = createUnknownWords(how);
  const midnight = createMidnightWatch();
  const types = createUnknownTypes(how);
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
      countUnshown(counts, draft, shown);
      if (referenceAt !== undefined && draft.reference === null && row.cells[referenceAt]?.trim()) {
        counts.withheld += 1;
      }
      if (at === undefined) return;
      const word = row.cells[at]?.trim() ?? "";
      if (word === "" || isNothing(word, "category")) counts.withoutCategory += 1;
      else if (profile.kind !== null) countWord(words, word, draft);
    },
    notes: (): string[] => [
      ...(kept !== null && age.past > 0 ? [ageWords(age, kept, how.zone)] : []),
      ...shownNotes(counts, shown, how.zone),
      ...(counts.withoutCategory > 0
        ? [
            `${rowsWith(counts.withoutCategory, "has", "have")} nothing under "${column}" and ${counts.withoutCategory === 1 ? "is" : "are"} kept as other.`,
          ]
        : []),
      ...(counts.withheld > 0
        ? [
            `${rowsWith(counts.withheld, "has", "have")} a reference that looks like a vehicle mark, a number of somebody or a date of birth: it was not kept.`,
          ]
        : []),
      ...wordNotes(words),
      ...types.notes(),
      ...midnightNotes(midnight.spike()),
    ],
  };
}

function countUnshown(
  counts: { after: number; over: number },
  { startsAt, endsAt }: EventDraft,
  { until }: ShownUntil,
): void {
  if (startsAt >= until) counts.after += 1;
  else if (endsAt > until) counts.over += 1;
}

function midnightNotes(spike: MidnightSpike | null): string[] {
  if (spike === null) return [];
  return [
    `${midnightNote(spike)} To count those rows for the whole day instead, choose "Time unknown" under "Midnights" (--midnight unknown).`,
  ];
}

interface WordCount {
  readonly word: string;
  readonly read: string;
  count: number;
}

/** Only for profiles of one kind, which map a closed list: unknown words become "other". */
function countWord(words: Map<string, WordCount>, word: string, draft: EventDraft): void {
  const read = `category ${draft.category}, kind ${draft.kind}, source ${draft.source}`;
  const shownWord = showValue("category", word);
  const key = `${normaliseWords(shownWord)}\u001f${read}`;
  const known = words.get(key);
  if (known) known.count += 1;
  else if (words.size < mostWords) words.set(key, { word: shownWord, read, count: 1 });
}

function wordNotes(words: ReadonlyMap<string, WordCount>): string[] {
  const all = [...words.values()].sort((a, b) => b.count - a.count);
  if (all.length === 0) return [];
  const notes = all
    .slice(0, listedWords)
    .map(({ word, read, count }) => `${word}: read as ${read}: ${rows(count)}.`);
  if (all.length > listedWords) {
    const rest = all.slice(listedWords).reduce((sum, { count }) => sum + count, 0);
    notes.push(`${all.length - listedWords} more words: ${rows(rest)}.`);
  }
  return [
    ...notes,
    'If the police reported or found them, choose another source: "Reported by" on the page, --source on the command line.',
  ];
}

function shownNotes(
  { after, over }: { readonly after: number; readonly over: number },
  { until, isDemo }: ShownUntil,
  zone: Zone,
): string[] {
  if (after + over === 0) return [];
  if (!isDemo) {
    return [
      `${rowsWith(after + over, "ends", "end")} after this moment, as a day or a month does that is not over: shown once it is.`,
    ];
  }
  const date = formatDate(zone.dateOf(until - 1));
  const notes: string[] = [];
  if (after > 0) {
    notes.push(
      `${rowsWith(after, "is", "are")} after ${date}, the demonstration's date: hidden until then.`,
    );
  }
  if (over > 0) {
    notes.push(
      `${rowsWith(over, "reaches", "reach")} past ${date}, the demonstration's date: hidden until then.`,
    );
  }
  return notes;
}

function rowsWith(count: number, one: string, many: string): string {
  return `${rows(count)} ${count === 1 ? one : many}`;
}

function rows(count: number): string {
  return formatQuantity(count, "row");
}

/** Words in no list of the profile; bounds memory for any file. */
const mostUnknownTypes = 100;

function createUnknownTypes({ header, reading }: RowReading) {
  const at = reading.columns.get("type");
  const counts = new Map<string, number>();
  let rows = 0;
  return {
    look: (row: TableRow, { type }: Pick<EventDraft, "type">) => {
      if (type !== null || at === undefined) return;
      const text = row.cells[at]?.trim() ?? "";
      if (text === "" || isNothing(text, "type")) return;
      rows += 1;
      const word = canBeListWord(text) ? `"${text}"` : "not shown";
      if (counts.has(word) || counts.size < mostUnknownTypes) {
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    },
    notes: (): string[] => {
      if (rows === 0 || at === undefined) return [];
      const listed = [...counts].sort(([, a], [, b]) => b - a).slice(0, listedWords);
      const words = listed.map(([word, count]) => `${word} (${formatCount(count)})`);
      const more = rows - listed.reduce((sum, [, count]) => sum + count, 0);
      if (more > 0) words.push(`others (${formatCount(more)})`);
      const some = `${formatCount(rows)} ${rows === 1 ? "row is" : "rows are"}`;
      const have = rows === 1 ? "it has" : "they have";
      return [
        `Type not known: ${some} kept without one, for what ${have} under "${nameOfColumn(header, at)}": ${words.join(", ")}.`,
      ];
    },
  };
}

/** A word in a mapped column, in no list: its rows are refused until it is given a meaning. */
export interface UnknownWord {
  readonly role: WordRole;
  readonly column: string;
  /** Empty for those withheld because they might mention a person. */
  readonly word: string;
  readonly rows: number;
}

/** More than any list has; bounds memory for any file. */
const mostUnknownWords = 100;

function createUnknownWords(how: RowReading) {
  const counts = new Map<
    string,
    { readonly role: WordRole; readonly word: string; rows: number }
  >();
  const { columns, profile } = how.reading;
  const roles = wordRoles.filter((role) => columns.has(role) && !(role === "kind" && profile.kind));
  const count = (role: WordRole, text: string) => {
    const word = canBeListWord(text) ? text : "";
    const key = `${role}\u001f${normaliseWords(word)}`;
    const known = counts.get(key);
    if (known) known.rows += 1;
    else if (counts.size < mostUnknownWords) counts.set(key, { role, word, rows: 1 });
  };
  return {
    look: (row: TableRow) => {
      for (const role of roles) {
        const text = row.cells[columns.get(role) ?? -1]?.trim() ?? "";
        if (text !== "" && isUnknown[role](text, how)) count(role, text);
      }
    },
    /** Most rows first. */
    list: (): UnknownWord[] =>
      [...counts.values()]
        .sort((a, b) => b.rows - a.rows)
        .map(({ role, word, rows }) => ({
          role,
          column: nameOfColumn(how.header, columns.get(role) ?? -1),
          word,
          rows,
        })),
  };
}

const isUnknown: Readonly<Record<WordRole, (word: string, how: WordReading) => boolean>> = {
  kind: (word, how) => kindOfWord(word, how) === undefined,
  category: (word, how) => categoryOfWord(word, how) === undefined,
  source: (word, how) => sourceOfWord(word, how) === undefined,
};
