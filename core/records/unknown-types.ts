import { isNothing } from "#core/records/nothing.ts";
import type { EventDraft, RowReading } from "#core/records/read-row.ts";
import { canBeListWord } from "#core/records/word-choices.ts";
import { nameOfColumn } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { formatCount } from "#core/text/numbers.ts";

/** Words that are in no list of the profile; memory must not grow with the file. */
const mostWords = 100;
const listedWords = 12;

/** Rows whose type the publisher's list does not know: they are kept without one, and counted. */
export function createUnknownTypes({ header, reading }: RowReading) {
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
      if (counts.has(word) || counts.size < mostWords) {
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
