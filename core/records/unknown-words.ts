import {
  canBeListWord,
  categoryOfWord,
  kindOfWord,
  sourceOfWord,
  type WordReading,
  type WordRole,
  wordRoles,
} from "#core/records/word-choices.ts";
import { type Header, nameOfColumn } from "#core/table/columns.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { normaliseWords } from "#core/text/normalise.ts";

/** A word of a mapped column that no list knows: its rows are refused until somebody says what it is. */
export interface UnknownWord {
  readonly role: WordRole;
  readonly column: string;
  /** Empty for all those that may not be shown, because they could speak of a person. */
  readonly word: string;
  readonly rows: number;
}

export interface UnknownWords {
  /** Each row that was refused. */
  readonly look: (row: TableRow) => void;
  /** Most rows first. */
  readonly list: () => UnknownWord[];
}

/** More words than any list has; memory must not grow with the file. */
const mostWords = 100;

type Counted = { readonly role: WordRole; readonly word: string; rows: number };

export function createUnknownWords(how: WordReading & { readonly header: Header }): UnknownWords {
  const counts = new Map<string, Counted>();
  const { columns, profile } = how.reading;
  const roles = wordRoles.filter((role) => columns.has(role) && !(role === "kind" && profile.kind));
  const count = (role: WordRole, text: string) => {
    const word = canBeListWord(text) ? text : "";
    const key = `${role}\u001f${normaliseWords(word)}`;
    const known = counts.get(key);
    if (known) known.rows += 1;
    else if (counts.size < mostWords) counts.set(key, { role, word, rows: 1 });
  };
  return {
    look: (row) => {
      for (const role of roles) {
        const text = row.cells[columns.get(role) ?? -1]?.trim() ?? "";
        if (text !== "" && isUnknown[role](text, how)) count(role, text);
      }
    },
    list: () =>
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
