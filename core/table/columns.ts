import { FileFault } from "#core/table/file-fault.ts";
import { normaliseWords } from "#core/text/normalise.ts";
import { headingText, whyPersonal } from "#core/text/personal-columns.ts";
import { certainKind } from "#core/text/personal-value.ts";

/** Possible meanings of a column; everything else in the file is never read. */
export const columnRoles = [
  "date",
  "time",
  "start",
  "start_time",
  "end",
  "end_time",
  "latitude",
  "longitude",
  "easting",
  "northing",
  "grid_reference",
  "street",
  "postcode",
  "borough",
  "cell",
  "kind",
  "category",
  "type",
  "source",
  "reference",
] as const;
export type ColumnRole = (typeof columnRoles)[number];

/**
 * Words about a place, which may be an address: converted to a cell where the file is read and sent
 * no further (core/places/gazetteer).
 */
export const wordRoles = ["street", "postcode", "borough"] as const satisfies readonly ColumnRole[];

export function isWordRole(role: ColumnRole): role is (typeof wordRoles)[number] {
  return (wordRoles as readonly ColumnRole[]).includes(role);
}

/** Heading of the cells that the page writes in place of place words. */
export const cellColumn = "Boxster place";

/** Roles that a person can choose; the page alone writes `cell`. */
export const givenRoles = columnRoles.filter((role) => role !== "cell");

/** Role to column position. */
export type ColumnMap = ReadonlyMap<ColumnRole, number>;

export interface Header {
  readonly line: number;
  /** As written, trimmed. */
  readonly names: readonly string[];
  /** For comparing. */
  readonly words: readonly string[];
  /** Positions of columns that may describe a person, and why. */
  readonly personal: ReadonlyMap<number, string>;
}

export function readHeader(row: {
  readonly line: number;
  readonly cells: readonly string[];
}): Header {
  const names = row.cells.map(headingText);
  const personal = new Map<number, string>();
  names.forEach((name, at) => {
    const why = whyPersonal(name);
    if (why !== null) personal.set(at, why);
  });
  return { line: row.line, names, words: names.map(normaliseWords), personal };
}

/** Headers dropped as personal, in file order; not those that a person mapped as a place. */
export function blockedColumns(header: Header, used: ColumnMap = new Map()): string[] {
  return blockedReasons(header, used).map(({ column }) => column);
}

export interface BlockedColumn {
  readonly column: string;
  readonly reason: string;
}

/** With reasons; a heading that may itself be a value is given by position. */
export function blockedReasons(header: Header, used: ColumnMap = new Map()): BlockedColumn[] {
  const read = new Set(used.values());
  return [...header.personal]
    .filter(([at]) => !read.has(at))
    .sort(([a], [b]) => a - b)
    .map(([at, reason]) => ({ column: nameOfBlocked(header.names[at] ?? "", at), reason }));
}

const longestHeading = 60;

function nameOfBlocked(name: string, at: number): string {
  const isHeading = name !== "" && name.length <= longestHeading && certainKind(name) === null;
  return isHeading ? name : `column ${at + 1}`;
}

/** The first wanted header that is present and not personal. */
export function findColumn(
  header: Header,
  wanted: readonly string[],
  taken: ReadonlySet<number> = new Set(),
): number | undefined {
  for (const words of wanted) {
    const at = header.words.findIndex(
      (written, index) => written === words && !taken.has(index) && !header.personal.has(index),
    );
    if (at !== -1) return at;
  }
  return undefined;
}

/** `role=column` from a command line or address; `role=` for no column. */
export function parseColumnChoices(pairs: readonly string[]): Record<string, string> {
  const choices: Record<string, string> = {};
  for (const pair of pairs) {
    const at = pair.indexOf("=");
    if (at < 1) {
      throw new FileFault(`"${pair}" is not role=column, such as latitude=Lat`);
    }
    choices[pair.slice(0, at).trim()] = pair.slice(at + 1).trim();
  }
  return choices;
}

/** A person said that no column has the role. */
export const noColumn = -1;

/** A person's choices, `role` to column name, checked against the header. */
export function readGivenColumns(
  header: Header,
  given: Readonly<Record<string, string>>,
): Map<ColumnRole, number> {
  const columns = new Map<ColumnRole, number>();
  for (const [name, column] of Object.entries(given)) {
    const role = roleOf(name);
    if (role === undefined) {
      throw new FileFault(
        `"${name}" is no role of a column; the roles are ${givenRoles.join(", ")}`,
      );
    }
    columns.set(role, column.trim() === "" ? noColumn : givenColumn(header, role, column));
  }
  return columns;
}

function givenColumn(header: Header, role: ColumnRole, column: string): number {
  const words = normaliseWords(column);
  const at = header.names.indexOf(headingText(column));
  const found = at === -1 ? header.words.indexOf(words) : at;
  if (found === -1) {
    throw new FileFault(
      `there is no column "${column}" for ${role}; the columns are ${listColumns(header) ?? "not readable as headings"}`,
      { line: header.line },
    );
  }
  const why = header.personal.get(found);
  if (why !== undefined && !isWordRole(role)) {
    throw new FileFault(
      `the column "${nameOfBlocked(column, found)}" looks personal and cannot be read as ${role}: ${why}; choose another column, or correct the file if it holds no personal data`,
      { line: header.line, column: nameOfBlocked(column, found) },
    );
  }
  return found;
}

const roleSynonyms: Readonly<Record<string, ColumnRole>> = {
  month: "date",
  datetime: "date",
  lat: "latitude",
  lng: "longitude",
  lon: "longitude",
  long: "longitude",
  from: "start",
  to: "end",
  id: "reference",
  ref: "reference",
  ngr: "grid_reference",
  "grid ref": "grid_reference",
  district: "borough",
  area: "borough",
};

export function roleOf(name: string): ColumnRole | undefined {
  const words = normaliseWords(name);
  const role = words.replaceAll(" ", "_");
  return columnRoles.find((known) => known === role) ?? roleSynonyms[words];
}

/**
 * Headers for a message. For a file without a header this is its first record, so anything unlike a
 * header is left out; null when nothing remains.
 */
export function listColumns(header: Header): string | null {
  const shown = header.names.filter((name, at) => isHeading(name) && !header.personal.has(at));
  return shown.length === 0 ? null : shown.map((name) => `"${name}"`).join(", ");
}

/** The heading for messages; its position where it may be a value. */
export function nameOfColumn(header: Header, at: number): string {
  const name = header.names[at] ?? "";
  return isHeading(name) ? name : `column ${at + 1}`;
}

/** What reads like a heading and not like a value; only such are repeated or kept. */
export function isHeading(name: string): boolean {
  if (certainKind(name) !== null) return false;
  return /^[A-Za-z][A-Za-z0-9 _./()-]{0,39}$/.test(name) && !/\d{4}/.test(name);
}
