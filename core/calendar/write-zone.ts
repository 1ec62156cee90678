import { dayMs, formatLocal, minuteMs, type Zone } from "#core/time/zone.ts";

/** One change of the clock, in local milliseconds of the clock before it. */
interface Change {
  readonly local: number;
  readonly before: number;
  readonly after: number;
}

const years = 12;

/**
 * Calendar-file lines of a time zone (RFC 5545, VTIMEZONE), correct from a year before `from`
 * (epoch milliseconds) to twelve years on. Changes that follow one rule by month and weekday are
 * written as that rule and hold beyond; others are listed singly.
 */
export function zoneLines(zone: Zone, from: number): string[] {
  const changes = changesFrom(zone, from - 366 * dayMs);
  const parts = [
    changes.filter(({ before, after }) => after > before),
    changes.filter(({ before, after }) => after < before),
  ];
  const offset = zone.offsetAt(from);
  return [
    ...["BEGIN:VTIMEZONE", `TZID:${zone.name}`],
    ...(changes.length === 0
      ? block("STANDARD", { local: from + offset, before: offset, after: offset }, [])
      : parts.flatMap((part, at) => linesOf(at === 0 ? "DAYLIGHT" : "STANDARD", part))),
    "END:VTIMEZONE",
  ];
}

function changesFrom(zone: Zone, from: number): Change[] {
  const changes: Change[] = [];
  const end = from + years * 366 * dayMs;
  for (let day = from; day < end; day += dayMs) {
    const before = zone.offsetAt(day);
    const after = zone.offsetAt(day + dayMs);
    if (before === after) continue;
    let [low, high] = [day, day + dayMs];
    while (high - low > minuteMs) {
      const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
      if (zone.offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    const at = Math.floor(high / minuteMs) * minuteMs;
    changes.push({ local: at + before, before, after });
  }
  return changes;
}

function linesOf(kind: "DAYLIGHT" | "STANDARD", changes: readonly Change[]): string[] {
  const [first] = changes;
  if (!first) return [];
  const rule = changes.length > 2 ? ruleOf(changes) : null;
  const others = changes.slice(1).map(({ local }) => `RDATE:${stamp(local)}`);
  return block(kind, first, rule === null ? others : [rule]);
}

function block(kind: string, { local, before, after }: Change, more: readonly string[]): string[] {
  return [
    `BEGIN:${kind}`,
    `DTSTART:${stamp(local)}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(after)}`,
    ...more,
    `END:${kind}`,
  ];
}

/** "The last Sunday of March", where every change is that. */
function ruleOf(changes: readonly Change[]): string | null {
  const names = changes.map(({ local, before, after }) => {
    const date = new Date(local);
    const isLast = new Date(local + 7 * dayMs).getUTCMonth() !== date.getUTCMonth();
    const nth = Math.ceil(date.getUTCDate() / 7);
    const same = [date.getUTCMonth() + 1, date.getUTCDay(), local % dayMs, before, after].join();
    return { same, isLast, nth, date };
  });
  const [first] = names;
  if (!first || names.some(({ same }) => same !== first.same)) return null;
  const which = names.every(({ isLast }) => isLast) ? -1 : first.nth;
  if (which > 0 && names.some(({ nth }) => nth !== which)) return null;
  const day = dayCodes[first.date.getUTCDay()];
  return `RRULE:FREQ=YEARLY;BYMONTH=${first.date.getUTCMonth() + 1};BYDAY=${which}${day}`;
}

const dayCodes = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

function stamp(local: number): string {
  return `${formatLocal(local).slice(0, 16).replace(/[-:]/g, "")}00`;
}

/** "+0130" */
function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / minuteMs;
  const two = (value: number) => String(value).padStart(2, "0");
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}
