import { openPages, type RowPlace, type SqliteValue } from "#core/table/features/sqlite-pages.ts";
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
  /** Rows with the values that lie on their own page alone; the others are read by `rowAt`. */
  readonly glances: () => AsyncIterable<RowGlance>;
  readonly rowAt: (place: RowPlace) => Promise<readonly SqliteValue[]>;
}

export interface RowGlance {
  readonly values: readonly SqliteValue[];
  readonly at: RowPlace;
  /** Octets of the whole row. */
  readonly size: number;
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
    type StoredRow = Awaited<ReturnType<typeof pages.rowAt>>;
    // A whole-number key is not stored, for it is the row's own number.
    const valuesOf = ({ id, values }: StoredRow) =>
      columns.map(({ isKey, stored }) => values[stored] ?? (isKey ? id : null));
    return {
      columns: columns.map((one) => one.name),
      pieces: async function* () {
        for await (const { rows, share } of pages.rows(table.root, longest)) {
          yield { rows: rows.map(valuesOf), share };
        }
      },
      glances: async function* () {
        for await (const { rows } of pages.rows(table.root, null)) {
          for (const row of rows) yield { values: valuesOf(row), at: row.at, size: row.size };
        }
      },
      rowAt: async (place) => valuesOf(await pages.rowAt(place, longest)),
    };
  };
}

/** Columns of a CREATE TABLE, with the place at which the values of each are stored. */
function columnsOf(statement: string, table: string) {
  const { parts, after } = partsOf(statement);
  const key = parts.map((part) => /^\s*(?:constraint\b.*)?primary\s+key\s*\((.*)\)/is.exec(part));
  const keys = (key.find((one) => one !== null)?.[1] ?? "")
    .split(",")
    .map((part) => nameAtStart(part)[1].toLowerCase());
  const columns = parts
    .filter((part) => !/^\s*(?:constraint|primary|unique|check|foreign)\b/i.test(part))
    .map((part) => {
      const [whole, name] = nameAtStart(part);
      const rest = part.slice(whole.length);
      const isOwn = /\bprimary\s+key\b/i.test(rest);
      return { name, rest, keyAt: isOwn ? 0 : keys.indexOf(name.toLowerCase()) };
    });
  if (columns.some(({ rest }) => /\bas\s*\(/i.test(rest))) {
    throw new FileFault(`the table "${table}" has computed columns; export it again without them`);
  }
  const ofKey = columns.filter(({ keyAt }) => keyAt >= 0).sort((a, b) => a.keyAt - b.keyAt);
  // Without numbers of rows, those of the key are stored first.
  const inOrder = /without\s+rowid/i.test(after)
    ? [...ofKey, ...columns.filter(({ keyAt }) => keyAt < 0)]
    : columns;
  return columns.map((column) => ({
    name: column.name,
    isKey: column.keyAt === 0 && keys.length === 1 && /^\s*integer\b/i.test(column.rest),
    stored: inOrder.indexOf(column),
  }));
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
