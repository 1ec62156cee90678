import { openPages, type SqliteValue } from "#core/table/features/sqlite-pages.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { NewDecoder } from "#core/table/text-reader.ts";
import type { SizedSource } from "#core/table/xlsx/zip.ts";

export interface SqliteTable {
  readonly columns: readonly string[];
  readonly pieces: () => AsyncIterable<{
    readonly rows: readonly (readonly SqliteValue[])[];
    /** Of the table, read so far. */
    readonly share: number;
  }>;
}

const mostTables = 10_000;
const longestSchemaRow = 1_000_000;

/** The ordinary tables of a SQLite file by name; a view or a virtual table is no table here, since it could be any program. */
export async function openTables(source: SizedSource, newDecoder: NewDecoder, longest: number) {
  const pages = await openPages(source, newDecoder);
  const found = new Map<string, { readonly root: number; readonly statement: string }>();
  for await (const { rows } of pages.rows(1, longestSchemaRow)) {
    for (const { values } of rows) {
      const [type, name, , root, statement] = values;
      if (type !== "table" || typeof root !== "number" || root < 1) continue;
      if (found.size >= mostTables) throw new RangeError("Too many tables");
      found.set(String(name).toLowerCase(), { root, statement: String(statement) });
    }
  }
  return (name: string): SqliteTable | null => {
    const table = found.get(name.toLowerCase());
    if (table === undefined) return null;
    const columns = columnsOf(table.statement, name);
    return {
      columns: columns.map((one) => one.name),
      pieces: async function* () {
        for await (const { rows, share } of pages.rows(table.root, longest)) {
          // A whole-number key is not stored, for it is the row's own number.
          const valuesOf = ({ id, values }: (typeof rows)[number]) =>
            columns.map(({ isKey }, at) => (isKey ? (values[at] ?? id) : (values[at] ?? null)));
          yield { rows: rows.map(valuesOf), share };
        }
      },
    };
  };
}

/** Columns of a CREATE TABLE in the order in which their values are stored. */
function columnsOf(statement: string, table: string) {
  const { parts, after } = partsOf(statement);
  const key = parts.map((part) => /^\s*(?:constraint\b.*)?primary\s+key\s*\((.*)\)/is.exec(part));
  const keyColumn = key.find((one) => one !== null)?.[1] ?? "";
  const columns = parts
    .filter((part) => !/^\s*(?:constraint|primary|unique|check|foreign)\b/i.test(part))
    .map((part) => {
      const [whole, name] = nameAtStart(part);
      const rest = part.slice(whole.length);
      const isOwnKey = /\bprimary\s+key\b/i.test(rest) || nameAtStart(keyColumn)[1] === name;
      return { name, rest, isKey: /^\s*integer\b/i.test(rest) && isOwnKey };
    });
  const isComputed = columns.some(({ rest }) => /\bas\s*\(/i.test(rest));
  if (isComputed || /without\s+rowid/i.test(after)) {
    throw new FileFault(
      `the layer "${table}" has computed columns or no numbers of rows; export it again, or as CSV`,
    );
  }
  return columns;
}

const quoted = /^\s*(?:"((?:[^"]|"")*)"|`((?:[^`]|``)*)`|\[([^\]]*)\]|'((?:[^']|'')*)')/;

function nameAtStart(part: string): readonly [whole: string, name: string] {
  const match = quoted.exec(part) ?? /^\s*([^\s(,]*)/.exec(part);
  const [double, tick, bracket, single] = match?.slice(1) ?? [];
  const name =
    double?.replaceAll('""', '"') ?? tick?.replaceAll("``", "`") ?? bracket ?? single ?? "";
  return [match?.[0] ?? "", name];
}

const tokens = /"(?:[^"]|"")*"|`[^`]*`|\[[^\]]*\]|'(?:[^']|'')*'|[(),]/g;

/** What stands between the outer brackets, cut at commas, and what stands behind them. */
function partsOf(written: string): { readonly parts: string[]; readonly after: string } {
  const statement = written.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, " ");
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of statement.matchAll(tokens)) {
    depth += { "(": 1, ")": -1 }[token] ?? 0;
    const outer = `${token}${depth}`;
    if (outer === ",1" || outer === ")0") parts.push(statement.slice(from, index));
    if (outer === ")0") return { parts, after: statement.slice(index + 1) };
    if (outer === ",1" || outer === "(1") from = index + 1;
  }
  throw new RangeError("The statement of a table is not closed");
}
