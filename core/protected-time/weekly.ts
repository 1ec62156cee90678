import type { Entry } from "#core/calendar/entry.ts";
import { untilOf } from "#core/calendar/rule-text.ts";
import { datesOf, type SessionRule, weekdayOf } from "#core/protected-time/session.ts";
import { addDays, dayMs, formatLocal, formatLocalDate, parseLocalDate } from "#core/time/zone.ts";

export interface EntrySession {
  readonly rule: SessionRule;
  readonly except: readonly string[];
}

/** A repeat with its visits near today; local milliseconds of the entry's clock. */
export interface Expansion {
  readonly parts: ReadonlyMap<string, string>;
  readonly first: number;
  /** Visits within [from, to], ascending. */
  readonly from: number;
  readonly to: number;
  readonly visits: readonly number[];
  readonly between: (from: number, to: number) => number[];
  readonly toLocal: (instant: number) => number;
}

const longestCycleWeeks = 8;
const simpleParts = new Set(["FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"]);

/**
 * A rule as weekly sessions: one with all its days of the week, else one per visit of its first
 * cycle. Null unless they give exactly the expansion's dates over the whole window.
 */
export function asWeekly(
  entry: Entry,
  expansion: Expansion,
  isOut: (start: number) => boolean,
): readonly EntrySession[] | null {
  const { parts, first, between } = expansion;
  const weeks = cycleWeeks(parts);
  const isSimple = [...parts.keys()].every((name) => simpleParts.has(name));
  if (!(entry.clock.isOwn && isSimple && weeks !== null)) return null;
  const firstDate = formatLocalDate(first);
  const nextCycle = parseLocalDate(firstDate) + 7 * weeks * dayMs;
  const cycle = between(first, nextCycle - 1).map(formatLocalDate);
  const until = lastDate(expansion);
  const times = {
    start: formatLocal(entry.start).slice(11),
    end: formatLocal(entry.end).slice(11),
  };
  const weekly = { repeats: "weekly", everyWeeks: weeks, ...times, until } as const;
  const several = [...new Set(cycle)].map((date): SessionRule => ({ ...weekly, firstDate: date }));
  const days = [...new Set(cycle.map(weekdayOf))].sort((a, b) => a - b);
  const one = several.slice(0, 1).map((rule) => (days.length > 1 ? { ...rule, days } : rule));
  const rules = [one, several]
    .map((tried) => tried.filter((rule) => until === null || rule.firstDate <= until))
    .find((tried) => givesSameDates(tried, expansion));
  if (rules === undefined) return null;
  const timeOfDay = first - parseLocalDate(firstDate);
  const horizon = formatLocalDate(expansion.to);
  const sessions = rules.map((rule) => ({
    rule,
    except: datesOf(rule, firstDate, horizon).filter((date) =>
      isOut(parseLocalDate(date) + timeOfDay),
    ),
  }));
  // The start counts as a visit even where its own rule passes it over (RFC 5545, 3.8.5.3).
  if (cycle.includes(firstDate) || isOut(first)) return sessions;
  const alone = { repeats: "once", everyWeeks: 1, firstDate, ...times, until: null } as const;
  return [{ rule: alone, except: [] }, ...sessions];
}

/** Weeks in a rule's cycle; null unless it goes by days or weeks. */
function cycleWeeks(parts: Expansion["parts"]): number | null {
  const interval = Number(parts.get("INTERVAL") ?? 1);
  const frequency = parts.get("FREQ");
  if (frequency !== "WEEKLY" && frequency !== "DAILY") return null;
  const weeks = frequency === "DAILY" && interval % 7 === 0 ? interval / 7 : interval;
  return weeks <= longestCycleWeeks ? weeks : null;
}

/** Date of the last visit; null for no end. */
function lastDate({ parts, first, between, toLocal }: Expansion): string | null {
  if (parts.has("COUNT")) {
    return formatLocalDate(between(first, Date.UTC(2099, 11, 31)).at(-1) ?? first);
  }
  const end = untilOf(parts, toLocal);
  if (end === null) return null;
  // An UNTIL on a day whose visit begins later ends the day before.
  return formatLocalDate(between(end - 60 * dayMs, end).at(-1) ?? end);
}

function givesSameDates(rules: readonly SessionRule[], expansion: Expansion): boolean {
  const { from, to, first, visits } = expansion;
  // Days cut by the window are left out.
  const fromDate = formatLocalDate(from);
  const after = from === first ? fromDate : addDays(fromDate, 1);
  const before = addDays(formatLocalDate(to), -1);
  const isInside = (date: string) => date >= after && date <= before;
  const wanted = new Set(visits.map(formatLocalDate).filter(isInside));
  const given = rules.flatMap((rule) => datesOf(rule, after, before));
  return given.length === wanted.size && given.every((date) => wanted.has(date));
}
