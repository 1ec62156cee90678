import { datesOf, type SessionRule } from "#core/blackouts/session.ts";
import { addDays, formatLocal, type Zone } from "#core/time/zone.ts";
import type { Entry } from "#server/outreach/calendar-file/entry.ts";
import type { EntrySessions, Expansion } from "#server/outreach/calendar-file/repeats.ts";

const longestCycleWeeks = 8;
const simpleParts = new Set(["FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"]);

/**
 * A rule as weekly sessions: one for each visit of its first cycle. Null unless they give the very
 * dates of the expansion over the whole window.
 */
export function asWeekly(
  entry: Entry,
  expansion: Expansion,
  zone: Zone,
): EntrySessions["sessions"] | null {
  const { parts, first, between, excluded } = expansion;
  const weeks = cycleWeeks(parts);
  const isSimple = [...parts.keys()].every((name) => simpleParts.has(name));
  if (!(entry.isWallClock && isSimple && weeks !== null)) return null;
  const firstDate = zone.dateOf(first);
  const nextCycle = addDays(firstDate, 7 * weeks);
  const firstDates = new Set(
    between(first, zone.startOfDate(nextCycle))
      .map((at) => zone.dateOf(at))
      .filter((date) => date < nextCycle),
  );
  const rules = [...firstDates].map((date) => weeklyFrom(entry, { date, weeks }));
  const until = lastDate(expansion, zone);
  const ending = rules
    .map((rule) => ({ ...rule, until }))
    .filter((rule) => until === null || rule.firstDate <= until);
  if (!givesSameDates(ending, expansion, zone)) return null;
  const except = [...excluded].map((at) => zone.dateOf(at));
  const sessions = ending.map((rule) => ({
    rule,
    except: except.filter((date) => datesOf(rule, date, date).length > 0),
  }));
  // The start counts as a visit even where its own rule passes it over (RFC 5545, 3.8.5.3).
  const isPassedOver = !firstDates.has(firstDate) && !excluded.has(first);
  if (!isPassedOver) return sessions;
  const alone: SessionRule = {
    ...weeklyFrom(entry, { date: firstDate, weeks: 1 }),
    repeats: "once",
  };
  return [{ rule: alone, except: [] }, ...sessions];
}

function weeklyFrom(
  { start, end }: Entry,
  { date, weeks }: { readonly date: string; readonly weeks: number },
): SessionRule {
  return {
    repeats: "weekly",
    everyWeeks: weeks,
    firstDate: date,
    start: formatLocal(start).slice(11),
    end: formatLocal(end).slice(11),
    until: null,
  };
}

/** After how many weeks a rule begins again; null when it is no rule of days or weeks. */
function cycleWeeks(parts: Expansion["parts"]): number | null {
  const interval = Number(parts.get("INTERVAL") ?? 1);
  const frequency = parts.get("FREQ");
  if (!(Number.isInteger(interval) && interval >= 1)) return null;
  if (frequency !== "WEEKLY" && frequency !== "DAILY") return null;
  const weeks = frequency === "DAILY" && interval % 7 === 0 ? interval / 7 : interval;
  return weeks <= longestCycleWeeks ? weeks : null;
}

function lastDate({ parts, first, between }: Expansion, zone: Zone): string | null {
  if (parts.has("COUNT")) {
    const last = between(first, Date.UTC(2099, 11, 31)).at(-1) ?? first;
    return zone.dateOf(last);
  }
  const until = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})\d{2}(Z)?)?$/.exec(
    parts.get("UNTIL") ?? "",
  );
  const [, year = "", month = "", day = "", hour = "", minute = "", utc] = until ?? [];
  if (until === null || Number(year) >= 2099) return null;
  const date = `${year}-${month}-${day}`;
  // An UNTIL on a day whose visit begins later ends the day before.
  const at = Date.parse(`${date}T${hour || "23"}:${minute || "59"}Z`);
  const end = utc === undefined ? zone.toInstant(at, "later") : at;
  const before = between(end - 60 * 86_400_000, end).at(-1);
  return before === undefined ? zone.dateOf(end) : zone.dateOf(before);
}

function givesSameDates(rules: readonly SessionRule[], expansion: Expansion, zone: Zone): boolean {
  const { from, to, first, visits } = expansion;
  // Days that the window cuts in two are left out.
  const after = from === first ? zone.dateOf(from) : addDays(zone.dateOf(from), 1);
  const before = addDays(zone.dateOf(to), -1);
  const isInside = (date: string) => date >= after && date <= before;
  const wanted = new Set(visits.map((at) => zone.dateOf(at)).filter(isInside));
  const given = rules.flatMap((rule) => datesOf(rule, after, before));
  return given.length === wanted.size && given.every((date) => wanted.has(date));
}
