import type { Random } from "#core/random.ts";
import type { EventCategory } from "#core/records/event.ts";
import {
  addDays,
  dayMs,
  formatLocalDate,
  hourMs,
  minuteMs,
  parseLocalDate,
  type Zone,
} from "#core/time/zone.ts";
import { pick } from "#data/demo/draw.ts";
import { firstLocal, lastLocal, monthWeights } from "#data/demo/settings.ts";

export interface Span {
  readonly startsAt: number;
  readonly endsAt: number;
}

/** A day with its night: hours 24 to 28 are the small hours that follow. */
interface Rhythm {
  /** Monday first. */
  readonly days: readonly number[];
  /** Weights of hours 0 to 28; hours of the day that are not named weigh little. */
  readonly hours: Readonly<Record<number, number>>;
}

const nights: Rhythm = {
  days: [0.7, 0.75, 0.85, 1.05, 1.7, 1.75, 0.9],
  hours: {
    17: 0.3,
    18: 0.5,
    19: 0.8,
    20: 1.3,
    21: 2,
    22: 2.6,
    23: 2.8,
    24: 2.3,
    25: 1.6,
    26: 0.8,
    27: 0.4,
    28: 0.4,
  },
};
const evenings: Rhythm = {
  days: [0.8, 0.8, 0.9, 1, 1.5, 1.6, 1],
  hours: {
    10: 0.3,
    12: 0.4,
    14: 0.5,
    15: 0.8,
    16: 0.9,
    17: 1.1,
    18: 1.4,
    19: 1.7,
    20: 2,
    21: 2.1,
    22: 1.7,
    23: 1.2,
    24: 0.7,
    25: 0.3,
  },
};
const mornings: Rhythm = {
  days: [1.2, 0.9, 0.9, 0.9, 1, 1.5, 1.6],
  hours: { 6: 1, 7: 2, 8: 2.4, 9: 1.8, 10: 1.2, 11: 0.8, 13: 0.5, 16: 0.4 },
};

const rhythms: Readonly<Record<EventCategory, Rhythm>> = {
  kerb_crawling: nights,
  street_sex_work: nights,
  asb: evenings,
  traffic: evenings,
  other: evenings,
  litter_needles: mornings,
};

/** Days of a period with the weight of their month; busy and quiet days are drawn once for all. */
export interface Calendar {
  readonly days: readonly { readonly local: number; readonly weight: number }[];
}

export function createCalendar(random: Random, from: string, until: string): Calendar {
  const days: { local: number; weight: number }[] = [];
  for (let date = from; date < until; date = addDays(date, 1)) {
    const month = monthWeights[date.slice(0, 7)];
    if (month === undefined) throw new RangeError(`No weight for the month of ${date}`);
    days.push({ local: parseLocalDate(date), weight: month * (0.6 + 0.8 * random.next()) });
  }
  return { days };
}

/** When a report says that it happened: a moment, or from a time to a time. */
export function drawSpan(
  random: Random,
  zone: Zone,
  calendar: Calendar,
  category: EventCategory,
): Span {
  for (;;) {
    const span = spanAround(random, drawMoment(random, calendar, category), category);
    if (span.from >= firstLocal && span.to <= lastLocal) {
      return {
        startsAt: zone.toInstant(span.from, "earlier"),
        endsAt: zone.toInstant(span.to, "later"),
      };
    }
  }
}

/** Local milliseconds, on a clock that people read to five minutes. */
export function drawMoment(random: Random, calendar: Calendar, category: EventCategory): number {
  const rhythm = rhythms[category];
  const day = pick(random, calendar.days, ({ local, weight }) => {
    return weight * (rhythm.days[weekdayOf(local)] ?? 0);
  });
  const hours = Object.entries(rhythm.hours).map(([hour, weight]) => ({ hour, weight }));
  const { hour } = pick(random, hours, ({ weight }) => weight);
  return day.local + Number(hour) * hourMs + 5 * random.integer(12) * minuteMs;
}

/** 1 January 1970 was a Thursday; Monday is 0. */
function weekdayOf(local: number): number {
  return (Math.floor(local / dayMs) + 3) % 7;
}

/** How sure people are of the time. Litter and needles are found in the morning after. */
const exactness = [
  { name: "exact", weight: 46 },
  { name: "within the hour", weight: 30 },
  { name: "overnight", weight: 16 },
  { name: "days", weight: 4.5 },
  { name: "week", weight: 2 },
  { name: "month", weight: 1.5 },
] as const;

function spanAround(
  random: Random,
  moment: number,
  category: EventCategory,
): { readonly from: number; readonly to: number } {
  const kind = pick(random, exactness, ({ name, weight }) => {
    return category === "litter_needles" && name === "overnight" ? 8 * weight : weight;
  }).name;
  const midnight = Math.floor(moment / dayMs) * dayMs;
  switch (kind) {
    case "exact":
      return { from: moment, to: moment };
    case "within the hour":
      return { from: moment, to: moment + (3 + random.integer(10)) * 5 * minuteMs };
    case "overnight": {
      // The night that the moment belongs to: to the morning after it, or of the same day.
      const evening = midnight + (moment - midnight < 12 * hourMs ? -4 : 20) * hourMs;
      const start = evening + random.integer(7) * 30 * minuteMs;
      return { from: start, to: evening + (9 + random.integer(4)) * hourMs };
    }
    case "days":
      return {
        from: midnight - (1 + random.integer(2)) * dayMs + 18 * hourMs,
        to: midnight + dayMs + 9 * hourMs,
      };
    case "week":
      return { from: midnight - 6 * dayMs, to: midnight + dayMs };
    case "month":
      return monthOf(moment);
  }
}

/** Only the month is known: from its first midnight to the next one's. */
function monthOf(moment: number): { readonly from: number; readonly to: number } {
  const date = formatLocalDate(moment);
  const first = parseLocalDate(`${date.slice(0, 7)}-01`);
  const next = formatLocalDate(first + 32 * dayMs);
  return { from: first, to: parseLocalDate(`${next.slice(0, 7)}-01`) };
}
