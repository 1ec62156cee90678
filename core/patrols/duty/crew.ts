import { overlap, type UnitDuty } from "#core/patrols/duty/staffing.ts";
import type { Interval } from "#core/patrols/ground/closed-time.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import type { ShiftOccurrence } from "#core/patrols/ground/shift.ts";
import type { Squad } from "#core/patrols/ground/squad.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { unitsLike } from "#core/patrols/wire/unit.ts";
import { hourMs, minuteMs } from "#core/time/zone.ts";

/** Interchangeable units on duty for the same unbroken time, also across a change of shift. */
export interface Crew extends Interval {
  readonly mode: PatrolMode;
  /** Of a patrol partner; absent of police. */
  readonly squad?: Squad | undefined;
  /** Their numbers, ascending. */
  readonly units: readonly number[];
  /** Windows that the crew's only unit has already, in this time or close to it. */
  readonly busy: readonly PatrolWindow[];
}

export interface PlanStaffing {
  /** On which police are staffed. */
  readonly dates: readonly string[];
  readonly duties: readonly UnitDuty[];
  /** Patrol partners, each object once: crews are told apart by it. */
  readonly squads?: readonly Squad[];
}

export interface CrewsGiven {
  readonly shifts: readonly ShiftOccurrence[];
  readonly agreed: readonly PatrolWindow[];
  /** Units out at any one time, on foot, on dates without staffing. */
  readonly units: number;
  readonly staffing: PlanStaffing | null;
}

/** No way between two windows takes longer. */
const farthestMs = 4 * hourMs;

export function createCrews(
  given: CrewsGiven,
  settings: Pick<PatrolSettings, "shortestMinutes" | "travelMinutes">,
): Crew[] {
  const { dates, duties = [], squads = [] } = given.staffing ?? {};
  const staffed = new Set(dates);
  const squadOf = new Map(squads.map((squad) => [squad.patrolPartner, squad]));
  const ofPolice = duties.filter(({ patrolPartner }) => !patrolPartner);
  const ofPartners = duties.filter(({ patrolPartner }) => squadOf.has(patrolPartner ?? ""));
  const times = given.shifts.flatMap((shift) => [
    ...(staffed.has(shift.date)
      ? staffedTimes(shift, ofPolice, settings)
      : plainTimes(shift, given)),
    ...staffedTimes(shift, ofPartners, settings).map(({ patrolPartner, ...time }) => ({
      ...time,
      squad: squadOf.get(patrolPartner ?? ""),
    })),
  ]);
  return grouped(joined(times, settings.travelMinutes * minuteMs), given.agreed);
}

interface UnitTime extends Interval {
  readonly unit: number;
  readonly mode: PatrolMode;
  readonly squad?: Squad | undefined;
}

function staffedTimes(
  shift: ShiftOccurrence,
  duties: readonly UnitDuty[],
  settings: Pick<PatrolSettings, "shortestMinutes" | "travelMinutes">,
): (UnitTime & Pick<UnitDuty, "patrolPartner">)[] {
  const travel = settings.travelMinutes * minuteMs;
  return duties.flatMap(({ unit, mode, patrolPartner, from: first, to: last, free }) =>
    free
      .map(({ from, to }) => ({
        unit,
        mode,
        patrolPartner,
        // Where duty itself does not begin or end, a task does, and travel to or from it takes
        // time.
        from: Math.max(shift.start, from > first ? from + travel : from),
        to: Math.min(shift.end, to < last ? to - travel : to),
      }))
      .filter(({ from, to }) => to - from >= settings.shortestMinutes * minuteMs),
  );
}

/** Units 1 to `units`, all shift; agreed windows of higher numbers displace as many. */
function plainTimes(
  { start, end }: ShiftOccurrence,
  { units, agreed }: Pick<CrewsGiven, "units" | "agreed">,
): UnitTime[] {
  const shift = { from: start, to: end };
  const out = new Set(
    agreed
      .filter(
        (window) => !window.patrolPartner && overlap(shift, { from: window.start, to: window.end }),
      )
      .map(({ unit }) => unit),
  );
  const known = [...out].filter((unit) => unit <= units);
  const left = Math.max(0, units - out.size);
  const others = unitsLike(0).filter((unit) => !out.has(unit));
  // More units are out than exist now: none are added.
  const numbers = out.size > units ? [] : [...known, ...others.slice(0, left)];
  return numbers.map((unit) => ({ unit, mode: "foot" as const, from: start, to: end }));
}

/** Joins times over breaks too short for a unit: it still has to travel between windows. */
function joined(times: readonly UnitTime[], travel: number): UnitTime[] {
  const result: UnitTime[] = [];
  const lastOf = new Map<string, number>();
  for (const time of [...times].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const key = `${time.unit} ${time.mode} ${time.squad?.number ?? ""}`;
    const at = lastOf.get(key);
    const last = at === undefined ? undefined : result[at];
    if (at !== undefined && last && time.from < last.to + travel) {
      result[at] = { ...last, to: Math.max(last.to, time.to) };
    } else {
      lastOf.set(key, result.length);
      result.push(time);
    }
  }
  return result;
}

function grouped(times: readonly UnitTime[], agreed: readonly PatrolWindow[]): Crew[] {
  const alike = new Map<string, { time: UnitTime; units: Set<number> }>();
  const crews: Crew[] = [];
  for (const time of times) {
    const near = { from: time.from - farthestMs, to: time.to + farthestMs };
    const busy = agreed.filter(
      ({ unit, start, end }) => unit === time.unit && overlap(near, { from: start, to: end }),
    );
    const { unit, ...rest } = time;
    if (busy.length > 0) crews.push({ ...rest, units: [unit], busy });
    else {
      const key = `${time.mode} ${time.from} ${time.to} ${time.squad?.number ?? ""}`;
      const group = alike.get(key) ?? { time, units: new Set() };
      group.units.add(unit);
      alike.set(key, group);
    }
  }
  for (const { time, units } of alike.values()) {
    const { unit: _, ...rest } = time;
    const numbers = [...units].sort((a, b) => a - b);
    crews.push({ ...rest, units: numbers, busy: [] });
  }
  return crews.sort((a, b) => a.from - b.from || (a.units[0] ?? 0) - (b.units[0] ?? 0));
}
