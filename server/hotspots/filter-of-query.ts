import {
  defaultKinds,
  discoveredSources,
  type EventFilter,
  hourMask,
  parseDays,
  parseHours,
  reportedSources,
} from "#core/hotspots/filter.ts";
import type { HotspotsQuery } from "#core/hotspots/wire/hotspots.ts";
import type { EventSource } from "#core/records/event.ts";
import { type EventKind, kinds as kindEntries } from "#core/records/kinds.ts";
import { nearestTypes, numberTypes, typeKey } from "#core/records/types.ts";
import type { Result } from "#core/result.ts";
import { addDays, daysIn, minuteMs, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { loadTypes } from "#server/records/queries/event-types.ts";

export interface Period {
  /** Inclusive local dates. */
  readonly from: string;
  readonly to: string;
  readonly days: number;
}

type FilterQuery = Pick<
  HotspotsQuery,
  "from" | "to" | "kinds" | "sources" | "categories" | "days" | "hours"
>;

/** Inclusive London dates, half-open hours. */
export function filterOfQuery(query: FilterQuery, zone: Zone): EventFilter {
  const kinds: readonly EventKind[] = query.kinds ?? defaultKinds;
  return {
    ...minutesOf(periodOf(query), zone),
    kinds,
    sources: query.sources ?? sourcesOf(kinds),
    categories: query.categories ?? null,
    hours: hourMask(
      query.days === undefined ? null : read(parseDays(query.days)),
      query.hours === undefined ? null : read(parseHours(query.hours)),
    ),
  };
}

export function periodOf({ from, to }: Pick<HotspotsQuery, "from" | "to">): Period {
  const days = daysIn({ from, to });
  if (days < 1) throw notUnderstood(`The dates end before they start: ${from} to ${to}.`);
  return { from, to, days };
}

/** As many calendar days just before: clock changes make no difference. */
export function precedingPeriod({ from, days }: Period): Period {
  return { from: addDays(from, -days), to: addDays(from, -1), days };
}

/** Epoch minutes from the first date's start to the start of the day after the last. */
export function minutesOf({ from, to }: Period, zone: Zone) {
  return {
    from: zone.startOfDate(from) / minuteMs,
    to: zone.startOfDate(addDays(to, 1)) / minuteMs,
  };
}

/** Reported, unless only discovered kinds are asked for; never summed unasked. */
function sourcesOf(kinds: readonly EventKind[]): readonly EventSource[] {
  const areDiscovered = kinds.map((kind) => kindEntries[kind].by === "police");
  if (areDiscovered.every(Boolean)) return discoveredSources;
  if (!areDiscovered.some(Boolean)) return reportedSources;
  throw new Problem(
    400,
    "Reports and police records are separate layers",
    "Choose complaints and sightings, or arrests and stops, or name the sources to sum with --sources.",
  );
}

function read<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value;
  throw notUnderstood(result.reason);
}

function notUnderstood(reason: string): Problem {
  return new Problem(400, "Request not valid", reason);
}

export interface ChosenTypes {
  readonly codes: readonly number[];
  readonly words: readonly string[];
}

/** Null where none is named: then every event counts, with a type or without. */
export async function typesOfQuery(
  tx: Transaction,
  asked: readonly string[] | undefined,
): Promise<ChosenTypes | null> {
  if (asked === undefined) return null;
  const stored = await loadTypes(tx);
  const { types } = numberTypes(stored.map(({ word }) => word));
  const keys = new Set(asked.map(typeKey));
  const known = new Set(types.map(typeKey));
  const unknown = asked.find((word) => !known.has(typeKey(word)));
  if (unknown !== undefined) throw noSuchType(unknown, types);
  return {
    codes: stored.filter(({ word }) => keys.has(typeKey(word))).map(({ code }) => code),
    words: types.filter((word) => keys.has(typeKey(word))),
  };
}

function noSuchType(asked: string, types: readonly string[]): Problem {
  const nearest = nearestTypes(asked, types);
  const rest = types.filter((word) => !nearest.includes(word));
  const advice = [
    ...(nearest.length > 0 ? [`The nearest: ${nearest.join(", ")}.`] : []),
    ...(rest.length > 0
      ? [`${nearest.length > 0 ? "Others" : "There are"}: ${rest.join(", ")}.`]
      : []),
    ...(types.length === 0
      ? [
          "No record has a type: street files, stops and collisions bring one, a plain table where its column is named.",
        ]
      : []),
  ];
  return new Problem(400, "No such type", `No record has the type "${asked}". ${advice.join(" ")}`);
}

export function nounOf({ kinds, sources }: EventFilter) {
  const isReported = sources.every((source) => source !== "police");
  if (isReported) return { one: "report", many: "reports" };
  const [only] = kinds;
  if (kinds.length === 1 && only && kindEntries[only].by === "police")
    return kindEntries[only].noun;
  return { one: "event", many: "events" };
}
