import {
  meaningOf,
  readTimeHeading,
  type TimeMeaning,
  type TimeRole,
} from "#core/records/time-headings.ts";
import { parseMoment } from "#core/table/clock.ts";
import {
  type ColumnMap,
  type ColumnRole,
  type Header,
  nameOfColumn,
  noColumn,
} from "#core/table/columns.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { TableRow } from "#core/table/row-reader.ts";
import { formatQuantity } from "#core/text/numbers.ts";

export interface FoundTimes {
  readonly columns: ReadonlyMap<ColumnRole, number>;
  readonly isByValues: boolean;
  /** Columns as likely as the one that was taken for a role. */
  readonly rivals: ReadonlyMap<ColumnRole, readonly number[]>;
  /** Dates not used, such as the date reported. */
  readonly otherDates: readonly number[];
  /** A time of one of several dates, unnamed in its heading. */
  readonly strayTime: number | null;
}

export const noTimes: FoundTimes = {
  columns: new Map(),
  isByValues: false,
  rivals: new Map(),
  otherDates: [],
  strayTime: null,
};

/** When the record was edited, not when it happened. */
const notWhen =
  /\b(?:updated|modified|entered|created|closed|exported|printed|review|due|expiry)\b/;

/** Lower: surer to say when something happened. */
const doubt: Readonly<Record<TimeMeaning, number>> = {
  occurred: 0,
  named: 2,
  plain: 2,
  part: 4,
  unknown: 6,
  reported: 8,
};

interface Candidate {
  readonly at: number;
  readonly role: TimeRole;
  readonly meaning: TimeMeaning;
  readonly doubt: number;
  readonly isRead: boolean;
  /** Its heading promises a date with a time. */
  readonly isWhole: boolean;
}

/**
 * Columns that tell when it happened, by heading and, given `isOfDates`, by values: occurrence
 * dates take precedence over unspecific dates, and these over report dates.
 */
export function findTimes(
  header: Header,
  given: ColumnMap,
  isOfDates: ((at: number) => boolean) | null,
): FoundTimes {
  const said = new Set(given.values());
  const all = header.words.flatMap((words, at) => {
    const isOpen = header.words.indexOf(words) === at && !header.personal.has(at);
    return isOpen && !said.has(at) ? (candidateOf(words, at, isOfDates) ?? []) : [];
  });
  const columns = new Map<ColumnRole, number>();
  const rivals = new Map<ColumnRole, readonly number[]>();
  const take = (role: TimeRole, from: readonly Candidate[]) => {
    const ranked = from
      .filter((each) => each.role === role)
      .sort((a, b) => a.doubt - b.doubt || Number(b.isWhole) - Number(a.isWhole) || a.at - b.at);
    const [best] = ranked;
    if (best === undefined || given.has(role)) return;
    columns.set(role, best.at);
    const equal = ranked.filter(({ at, doubt }) => at !== best.at && doubt === best.doubt);
    rivals.set(
      role,
      equal.map(({ at }) => at),
    );
  };
  for (const role of ["start", "start_time", "end", "end_time"] as const) take(role, all);
  const placeOf = (role: ColumnRole) => {
    const at = given.get(role) ?? columns.get(role);
    return at === noColumn ? undefined : at;
  };
  const start = placeOf("start");
  take("date", start === undefined ? all : all.filter(({ isRead }) => isRead));
  const main = given.has("date") ? placeOf("date") : (start ?? placeOf("date"));
  const otherDates = all.filter(({ at, role, meaning }) => {
    return role === "date" && meaning !== "part" && at !== main;
  });
  const times = timesOf(meaningOf(header.words[main ?? -1] ?? ""), all, otherDates);
  take("time", times.own);
  return {
    columns,
    isByValues: all.some(({ at, isRead }) => at === columns.get("date") && !isRead),
    rivals,
    otherDates: otherDates.map(({ at }) => at),
    strayTime: columns.has("time") || given.has("time") ? null : times.stray,
  };
}

function candidateOf(
  words: string,
  at: number,
  isOfDates: ((at: number) => boolean) | null,
): Candidate | null {
  const read = readTimeHeading(words);
  const isWhole = words.includes("time");
  if (read) return { at, ...read, doubt: doubt[read.meaning], isRead: true, isWhole };
  if (words === "" || isOfDates === null || notWhen.test(words) || !isOfDates(at)) return null;
  const meaning = meaningOf(words);
  return { at, role: "date", meaning, doubt: doubt[meaning] + 1, isRead: false, isWhole };
}

/** Times that go with a date of this meaning: a report's time does not fit an offence. */
function timesOf(
  main: TimeMeaning,
  all: readonly Candidate[],
  otherDates: readonly Candidate[],
): { readonly own: readonly Candidate[]; readonly stray: number | null } {
  const times = all.filter(({ role }) => role === "time");
  const isReport = ({ meaning }: Candidate) => meaning === "reported";
  if (main === "reported") {
    const own = times.filter((time) => isReport(time) || time.meaning === "plain");
    return { own: own.some(isReport) ? own.filter(isReport) : own, stray: null };
  }
  const isShared = otherDates.some(
    (date) => date.meaning === "plain" || (isReport(date) && !times.some(isReport)),
  );
  const own = times.filter((time) => !isReport(time) && !(isShared && time.meaning === "plain"));
  return { own, stray: times.find(({ meaning }) => isShared && meaning === "plain")?.at ?? null };
}

export function isMoment(value: string): boolean {
  return parseMoment(value, "day-first").ok || parseMoment(value, "month-first").ok;
}

interface ReadTimes {
  readonly columns: ColumnMap;
  readonly said: ReadonlySet<ColumnRole>;
  readonly times: FoundTimes;
}

const asked: Readonly<Partial<Record<ColumnRole, string>>> = {
  date: "Date",
  time: "Time",
  start: "Start",
  start_time: "Start time",
  end: "End",
  end_time: "End time",
};

/** Asks where two columns with different values are equally likely. */
export function refuseRivalTimes(
  header: Header,
  { columns, said, times }: ReadTimes,
  sample: readonly TableRow[],
): void {
  for (const [role, rivals] of times.rivals) {
    const at = columns.get(role);
    if (at === undefined || at !== times.columns.get(role) || said.has(role)) continue;
    for (const rival of rivals) {
      const differing = sample.filter(({ cells }) => !isSame(cells[at] ?? "", cells[rival] ?? ""));
      if (differing.length === 0) continue;
      const names = [at, rival].map((each) => `"${nameOfColumn(header, each)}"`).join(" and ");
      throw new FileFault(
        `${names} could each say when it happened, and differ in ${differing.length} of the first ${formatQuantity(sample.length, "row")}`,
        {
          remedy: {
            command: `say which with --map ${role}=COLUMN`,
            page: `choose one under "${asked[role]}"`,
          },
        },
      );
    }
  }
}

function isSame(first: string, second: string): boolean {
  if (first.trim() === second.trim()) return true;
  return (["day-first", "month-first"] as const).some((order) => {
    const [a, b] = [parseMoment(first, order), parseMoment(second, order)];
    if (!a.ok || !b.ok) return false;
    const isDay = (["year", "month", "day"] as const).every(
      (part) => a.value[part] === b.value[part],
    );
    const [one, other] = [a.value.time, b.value.time];
    if (!isDay || one === null || other === null) return isDay;
    return one.hour === other.hour && one.minute === other.minute;
  });
}

export function timeNotes(header: Header, { columns, said, times }: ReadTimes): string[] {
  const role = columns.has("start") ? "start" : "date";
  const at = columns.get(role);
  if (at === undefined || said.has(role)) return [];
  const name = (column: number) => `"${nameOfColumn(header, column)}"`;
  const used = new Set(columns.values());
  const others = times.otherDates.filter((other) => !used.has(other)).map(name);
  const notes: string[] = [];
  if (meaningOf(header.words[at] ?? "") === "reported") {
    notes.push(
      `${name(at)} says when it was reported. No column says when it happened, so that date is used.`,
    );
  } else if (others.length > 0) {
    notes.push(`Read ${name(at)} as when it happened, not ${others.join(" or ")}.`);
  }
  const { strayTime } = times;
  if (strayTime !== null) {
    notes.push(
      `${name(strayTime)} does not say which date it belongs to, so it was not read. Choose it under "Time" (--map time=COLUMN) if it is when it happened.`,
    );
  }
  return notes;
}
