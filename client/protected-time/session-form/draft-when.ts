import { dayIn, type Here } from "#client/protected-time/outreach/outreach-words.ts";
import { say } from "#client/protected-time/words/diary.tsx";
import type { Position } from "#core/geo/cell.ts";
import type { PlaceKind } from "#core/protected-time/ground.ts";
import { isAhead, type Occurrence } from "#core/protected-time/occurrences.ts";
import { upcoming } from "#core/protected-time/protected.ts";
import {
  datesOf,
  daysOf,
  firstDateOn,
  ruleFaults,
  type SessionRule,
  startingOnItsDays,
} from "#core/protected-time/session.ts";
import type { RadiusClass } from "#core/protected-time/settings.ts";
import { horizonWeeks } from "#core/protected-time/settings.ts";
import type { OutreachSessionReply } from "#core/protected-time/wire/outreach.ts";
import { addDays, formatLocal, hourMs } from "#core/time/zone.ts";

/** Nothing (a new session), all to come, or one date. */
export interface Changed {
  readonly moved: OutreachSessionReply | null;
  readonly date: string | null;
}

export type DraftFaults = Partial<
  Record<"place" | "width" | "label" | "firstDate" | "days" | "start" | "end" | "until", string>
>;

/** Holds the venue, which exists only in this page's memory. */
export interface Draft extends WhenDraft {
  /** A saved place, or null for a new one. */
  readonly placeId: string | null;
  readonly kind: PlaceKind;
  readonly at: Position | null;
  readonly radiusM: RadiusClass;
  /** For a point: less precise for police, and more is closed. */
  readonly isWider: boolean;
  /** For an area or a route. */
  readonly corners: readonly Position[];
  /** To each side of a route. */
  readonly width: string;
  readonly label: string;
}

export interface WhenDraft {
  readonly repeats: SessionRule["repeats"];
  readonly everyWeeks: string;
  readonly firstDate: string;
  readonly start: string;
  readonly end: string;
  /** Empty: goes on. */
  readonly until: string;
  /** Days of the week, Monday 1 to Sunday 7, ascending; empty: that of the first date. */
  readonly days: readonly number[];
  /** A new session guesses no day: true until a day was tapped or a typed date implies one. */
  readonly asksDay: boolean;
  /** The first date follows the chosen days, from this date on; null once it was typed: then it stays. */
  readonly followsFrom: string | null;
  /** Set after an attempt to remove the only day; the reason is shown. */
  readonly keepsOnlyDay: boolean;
}

export type UsualTimes = Pick<WhenDraft, "start" | "end">;

const mostUsual = 3;

/** Of repeating sessions, most frequent first; empty where all are equal. */
export function usualTimes(sessions: readonly OutreachSessionReply[]): readonly UsualTimes[] {
  const counts = new Map<string, { times: UsualTimes; count: number }>();
  for (const { rule, endedAt } of sessions) {
    if (endedAt !== null || rule.repeats === "once") continue;
    const key = `${rule.start} ${rule.end}`;
    const count = (counts.get(key)?.count ?? 0) + 1;
    counts.set(key, { times: { start: rule.start, end: rule.end }, count });
  }
  const all = [...counts.values()].sort((a, b) => b.count - a.count).map(({ times }) => times);
  return all.length < 2 ? [] : all.slice(0, mostUsual);
}

/** Everything not derived from the days of the week. */
export type FieldsPart = Partial<Omit<Draft, "days" | "asksDay" | "followsFrom" | "keepsOnlyDay">>;

export type DraftChange =
  | {
      readonly kind: "fields";
      readonly part: FieldsPart;
    }
  | { readonly kind: "day"; readonly day: number };

export function changeDraft(draft: Draft, change: DraftChange): Draft {
  if (change.kind === "day") return toggleDay(draft, change.day);
  const { firstDate } = change.part;
  const typed = firstDate === undefined ? {} : { followsFrom: null, asksDay: firstDate === "" };
  return { ...draft, ...change.part, ...typed, keepsOnlyDay: false };
}

/**
 * Toggles one day and no other: silently dropping a day would leave a session unprotected. Only
 * after trying to remove the last day does the next tapped day replace it.
 */
function toggleDay(draft: Draft, day: number): Draft {
  const chosen = chosenDays(draft);
  const isOn = chosen.includes(day);
  if (isOn && chosen.length === 1) return { ...draft, keepsOnlyDay: true };
  const others = draft.keepsOnlyDay ? [] : chosen.filter((one) => one !== day);
  const days = isOn ? others : [...others, day].sort((a, b) => a - b);
  const { followsFrom } = draft;
  const firstDate = followsFrom === null ? draft.firstDate : firstDateOn(days, followsFrom);
  return { ...draft, days, firstDate, asksDay: false, keepsOnlyDay: false };
}

/** A weekly session without days yet is neither described nor saved. */
export function needsDay({ repeats, asksDay }: Pick<WhenDraft, "repeats" | "asksDay">): boolean {
  return repeats === "weekly" && asksDay;
}

/** Empty while no date gives one. */
export function chosenDays(
  draft: Pick<WhenDraft, "days" | "firstDate" | "asksDay">,
): readonly number[] {
  if (draft.asksDay) return [];
  try {
    return daysOf(draft);
  } catch {
    return [];
  }
}

export interface When {
  readonly rule: SessionRule;
  /** Cancelled dates, yesterday's or later. */
  readonly except: readonly string[];
}

export function whenOf(
  draft: Draft,
  { moved, date }: Changed,
  { today }: Pick<Here, "today">,
): When {
  const rule = ruleOf(draft);
  if (moved === null || date !== null || ruleFaults(rule).length > 0) return { rule, except: [] };
  // Choosing a cancelled date restores it.
  const isAsked = rule.repeats === "once" || draft.followsFrom === null;
  const except = moved.except.filter((one) => {
    if (isAsked && one === draft.firstDate) return false;
    return one >= addDays(today, -1) && datesOf(rule, one, one).length > 0;
  });
  return { rule, except: except.sort() };
}

/** The rule as it will be saved. Its first date is the first on its days, whatever date is typed. */
export function ruleOf(draft: WhenDraft): SessionRule {
  const isWeekly = draft.repeats === "weekly";
  const rule: SessionRule = {
    repeats: draft.repeats,
    everyWeeks: isWeekly ? Number(draft.everyWeeks) : 1,
    firstDate: draft.firstDate,
    start: draft.start,
    end: draft.end,
    until: isWeekly && draft.until !== "" ? draft.until : null,
    ...(isWeekly && draft.days.length > 0 ? { days: draft.days } : {}),
  };
  try {
    return startingOnItsDays(rule);
  } catch {
    // No date yet: shown at its field.
    return rule;
  }
}

export function timesFromNow(
  { zone, now }: Pick<Here, "zone" | "now">,
  hours: number,
): Pick<WhenDraft, "firstDate" | "start" | "end"> {
  const [firstDate = "", start = ""] = formatLocal(zone.toLocal(now)).split("T");
  const [, end = ""] = formatLocal(zone.toLocal(now + hours * hourMs)).split("T");
  return { firstDate, start, end };
}

/** The visits that are closed from now on, as the server will close them; none of a rule that is faulty. */
export function visitsOf({ zone, now }: Pick<Here, "zone" | "now">, when: When): Occurrence[] {
  const { rule, except } = when;
  if (ruleFaults(rule).length > 0) return [];
  const exceptions = except.map((date) => ({ date, toldAt: null }));
  return upcoming(zone, { rule, exceptions, endedAt: null }, now);
}

export function whenFaults(rule: SessionRule, here: Here): DraftFaults {
  const faults: DraftFaults = {};
  for (const { field, reason } of ruleFaults(rule)) {
    faults[field === "everyWeeks" ? "firstDate" : field] = reason;
  }
  const { firstDate, repeats, until } = rule;
  if (faults.firstDate === undefined && firstDate >= here.lastDay) {
    faults.firstDate = say("fault.far", { day: dayIn(here, here.lastDay), weeks: horizonWeeks });
  }
  // Yesterday evening's session may still be on.
  const yesterday = addDays(here.today, -1);
  if (faults.firstDate === undefined && repeats === "once" && firstDate < yesterday) {
    faults.firstDate = say("fault.over");
  }
  if (faults.until === undefined && until !== null && until < yesterday) {
    faults.until = say("fault.until-over");
  }
  // To the minute, if all else is valid: as the server would refuse.
  if (Object.keys(faults).length === 0 && !isAhead(here.zone, here.now, rule)) {
    if (repeats === "once") faults.firstDate = say("fault.session-over");
    else faults.until = say("fault.last-over");
  }
  return faults;
}
