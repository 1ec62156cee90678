import { type FoundTimes, findTimes, isMoment, noTimes } from "#core/records/find-times.ts";
import { type Profile, type ProfileName, profileNames, profiles } from "#core/records/profile.ts";
import {
  type ColumnMap,
  type ColumnRole,
  columnRoles,
  findColumn,
  type Header,
  listColumns,
  noColumn,
  readGivenColumns,
  wordRoles,
} from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";

export interface Reading {
  readonly profile: Profile;
  readonly columns: ColumnMap;
  /** Roles whose column a person or a saved profile named. */
  readonly said: ReadonlySet<ColumnRole>;
  /** Roles that the first rows settled (settle-by-values.ts). */
  readonly byValues: readonly ColumnRole[];
  readonly times: FoundTimes;
}

export interface Evidence {
  /** Names of streets and postcodes are known: columns of them are read beside a point too. */
  readonly hasPlaces: boolean;
  /** Whether nearly all first values of a column are dates; null before any row is read. */
  readonly isOfDates: ((at: number) => boolean) | null;
}

export interface ReadingChoices {
  readonly profile: "auto" | ProfileName;
  /** Role to column header, as chosen. */
  readonly map: Readonly<Record<string, string>>;
}

/**
 * The profile that reads this header, and each column's meaning. With `auto` the profile that
 * recognises most columns wins, a ready-made one before the plain table.
 */
export function findReading(
  header: Header,
  choices: ReadingChoices,
  evidence: Evidence = { hasPlaces: false, isOfDates: null },
): Reading {
  refuseNoEvents(header);
  const given = readGivenColumns(header, choices.map);
  const names = choices.profile === "auto" ? profileNames : [choices.profile];
  const readings = names.map((name) => mapColumns(header, profiles[name], given, evidence));
  const complete = readings.filter((reading) => missingFrom(header, reading).length === 0);
  const best = complete.sort((a, b) => scoreOf(b) - scoreOf(a))[0];
  if (best) return best;
  throw notRecognised(header, readings.at(-1) as Reading);
}

function mapColumns(
  header: Header,
  profile: Profile,
  given: ColumnMap,
  { hasPlaces, isOfDates }: Evidence,
): Reading {
  const said = new Set(given.keys());
  const isPlain = profile.signature.length === 0;
  const times = isPlain ? findTimes(header, given, isOfDates) : noTimes;
  const columns = new Map([...given, ...times.columns]);
  takeByHeading(columns, header, profile);
  for (const [role, at] of columns) if (at === noColumn) columns.delete(role);
  if (isPlain && (hasPlaces || !hasPoint(columns))) {
    for (const [role, at] of wordColumns(header, columns, said)) columns.set(role, at);
  }
  return {
    profile,
    columns: withoutRivals(columns),
    said,
    byValues: times.isByValues ? ["date"] : [],
    times,
  };
}

function takeByHeading(columns: Map<ColumnRole, number>, header: Header, profile: Profile): void {
  const taken = new Set(columns.values());
  for (const role of columnRoles) {
    const wanted = profile.columns[role];
    if (!wanted || columns.has(role)) continue;
    // The type is the word that the category is read from.
    const at = findColumn(header, wanted, role === "type" ? undefined : taken);
    if (at === undefined) continue;
    columns.set(role, at);
    taken.add(at);
  }
}

/** Headings that no person has; values become a cell even where they look like addresses. */
const wordHeadings: Readonly<Record<(typeof wordRoles)[number], readonly string[]>> = {
  street: ["street", "street name", "road", "road name"],
  postcode: ["postcode", "post code", "postal code"],
  borough: ["borough", "borough name"],
};

function wordColumns(
  { words }: Header,
  columns: ColumnMap,
  said: ReadonlySet<ColumnRole>,
): [ColumnRole, number][] {
  const taken = new Set(columns.values());
  const found = wordRoles.flatMap((role): [ColumnRole, number][] => {
    const at = words.findIndex((each, at) => wordHeadings[role].includes(each) && !taken.has(at));
    return at === -1 || said.has(role) ? [] : [[role, at]];
  });
  // A borough alone does not locate an event.
  const hasStreet = [...columns.keys(), ...found.map(([role]) => role)].some(
    (role) => role === "street" || role === "postcode",
  );
  return hasStreet ? found : [];
}

export function hasPoint(columns: ColumnMap): boolean {
  const hasBoth = (first: ColumnRole, second: ColumnRole) =>
    columns.has(first) && columns.has(second);
  return (
    hasBoth("latitude", "longitude") ||
    hasBoth("easting", "northing") ||
    columns.has("grid_reference") ||
    columns.has("cell")
  );
}

/** Degrees win over grid metres where both are whole. */
function withoutRivals(columns: Map<ColumnRole, number>): ColumnMap {
  if (columns.has("latitude") && columns.has("longitude")) {
    columns.delete("easting");
    columns.delete("northing");
  }
  return columns;
}

/** A signature outweighs any number of plain guesses. */
function scoreOf({ profile, columns }: Reading): number {
  return profile.signature.length * 100 + columns.size;
}

function missingFrom(header: Header, { profile, columns }: Reading): string[] {
  const missing = profile.signature
    .filter((headers) => findColumn(header, headers) === undefined)
    .map((headers) => headers.join(" or "));
  if (!columns.has("date") && !columns.has("start")) missing.push("date (or start)");
  if (!hasPoint(columns) && !columns.has("street") && !columns.has("postcode")) {
    missing.push(
      "latitude and longitude (or easting and northing, a grid reference, a street or a postcode)",
    );
  }
  return missing;
}

function notRecognised(header: Header, reading: Reading): FileFault {
  const missing = missingFrom(header, reading).join("; ");
  const columns = listColumns(header);
  if (columns === null || header.names.some(isValue)) {
    return new FileFault(
      `no column is recognised for: ${missing}. The first line does not look like headings; a table of events needs a line of headings`,
      { line: header.line },
    );
  }
  return new FileFault(
    `no column is recognised for: ${missing} (read as ${reading.profile.label}); the columns are ${columns}`,
    {
      line: header.line,
      remedy: { command: "map the column with --map role=column", page: "match the columns below" },
    },
  );
}

const isValue = (name: string) => /^[+-]?\d+[.,]\d+$/.test(name) || isMoment(name);

/** Files that look like tables with a date and a place, but whose rows are no events. */
const others: readonly {
  readonly has: readonly string[];
  readonly hasNot: readonly string[];
  readonly reason: string;
}[] = [
  {
    has: ["crime id", "month", "outcome type"],
    hasNot: ["crime type"],
    reason:
      "this is an outcomes file of data.police.uk: import the street file of the same month instead, which holds the crimes themselves",
  },
];

/** Such a file cannot be read, whatever is chosen: it is refused outright. */
function refuseNoEvents({ line, words }: Header): void {
  const other = others.find(
    ({ has, hasNot }) =>
      has.every((heading) => words.includes(heading)) &&
      !hasNot.some((heading) => words.includes(heading)),
  );
  if (other) throw new FileFault(other.reason, { line });
}
