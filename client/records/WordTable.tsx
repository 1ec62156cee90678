import { roleWords } from "#client/records/import-choices.ts";
import { categoryWords, sourceWords } from "#client/records/kind-words.ts";
import { WideTable } from "#client/records/WideTable.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { TableColumn } from "#client/ui/SortableTable.tsx";
import { kinds } from "#core/records/kinds.ts";
import type { UnknownWord } from "#core/records/wire/import.ts";
import {
  listEntries,
  type WordChoices,
  type WordRole,
  wordRoles,
} from "#core/records/word-choices.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { formatCount } from "#core/text/numbers.ts";

interface Row {
  readonly key: string;
  readonly role: WordRole;
  readonly word: string;
  readonly rows: number | null;
  readonly entry: string;
}

const refused = "";

/** Rows with a word that no list knows are refused until it has a meaning. */
export function WordTable({
  unknown,
  words,
  onWords,
}: {
  readonly unknown: readonly UnknownWord[];
  readonly words: WordChoices;
  readonly onWords: (words: WordChoices) => void;
}) {
  const rows = rowsOf(unknown, words);
  if (rows.length === 0) return null;
  const change = ({ role, word }: Row, entry: string) => {
    const key = normaliseWords(word);
    const { [key]: _, ...rest } = words[role] as Record<string, string>;
    onWords({ ...words, [role]: entry === refused ? rest : { ...rest, [key]: entry } });
  };
  const columns: readonly TableColumn<Row>[] = [
    { label: "Column of", cell: ({ role }) => roleWords[role] },
    {
      label: "Word in the file",
      cell: ({ word }) => (word === "" ? <span className="quiet">not shown</span> : word),
    },
    {
      label: "Rows",
      isNumber: true,
      cell: ({ rows: count }) => (count === null ? "" : formatCount(count)),
    },
    {
      label: "Means",
      cell: (row) =>
        row.word === "" ? (
          <span className="quiet">refused: could describe a person</span>
        ) : (
          <Select
            bare
            label={`${row.word} means`}
            value={row.entry}
            options={[
              { value: refused, label: "Nothing (refuse these rows)" },
              ...listEntries[row.role].map((entry) => ({
                value: entry as string,
                label: entryWords[row.role][entry] ?? entry,
              })),
            ]}
            onChange={(entry) => change(row, entry)}
          />
        ),
    },
  ];
  return (
    <div className="preview__words">
      <h3>Unknown words</h3>
      <WideTable
        label="Unknown words"
        caption="Words in the file and what they mean"
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key}
      />
    </div>
  );
}

/** Earlier choices stay listed, so that they can be undone. */
function rowsOf(unknown: readonly UnknownWord[], words: WordChoices): Row[] {
  const said = wordRoles.flatMap((role) =>
    Object.entries(words[role]).map(([word, entry]) => ({
      key: `${role} ${word}`,
      role,
      word,
      rows: null,
      entry,
    })),
  );
  const keys = new Set(said.map(({ key }) => key));
  const open = unknown.map(({ role, word, rows }) => ({
    key: `${role} ${normaliseWords(word)}`,
    role,
    word,
    rows,
    entry: refused,
  }));
  return [...said, ...open.filter(({ key }) => !keys.has(key))];
}

const entryWords: Readonly<Record<WordRole, Readonly<Record<string, string>>>> = {
  kind: Object.fromEntries(Object.entries(kinds).map(([kind, { one }]) => [kind, one])),
  category: categoryWords,
  source: sourceWords,
};
