import type { RosterDuty } from "#client/plan/staffing/read-roster.ts";
import { parseShift } from "#core/patrol/shift.ts";
import { dayMs, minuteMs, parseLocalDate } from "#core/time/zone.ts";
import type { PatrolMode } from "#core/wire/plan.ts";
import { type Duty, mostUnits } from "#core/wire/staffing.ts";

/** A unit of one day, with who is in it: the names stay on this page. */
export interface Crew extends Duty {
  readonly names: readonly string[];
}

export interface Crews {
  readonly crews: readonly Crew[];
  /** Who could not be put into a unit, and why. */
  readonly left: readonly {
    readonly name: string;
    readonly date: string;
    readonly reason: string;
  }[];
}

/**
 * Officers of one date, hours and mode go out together, so many to a unit, in the order of the roster; a
 * callsign makes a unit by itself. Units are numbered by date, so that no number is out twice at a time.
 */
export function crewsOf(
  duties: readonly RosterDuty[],
  choice: { readonly officersPerUnit: number; readonly usualMode: PatrolMode },
): Crews {
  const left: { name: string; date: string; reason: string }[] = [];
  const groups = new Map<string, RosterDuty[]>();
  for (const duty of duties) {
    const mode = duty.mode ?? choice.usualMode;
    const key = [duty.date, duty.hours, mode, duty.callsign ?? ""].join(" ");
    const group = groups.get(key);
    if (group) group.push(duty);
    else groups.set(key, [duty]);
  }
  const crews: Crew[] = [];
  for (const group of [...groups.values()].sort(byDateAndHours)) {
    const [first] = group;
    if (!first) continue;
    const size = first.callsign === null ? choice.officersPerUnit : group.length;
    if (group.length < size) {
      const reason = `alone at ${first.hours}: a unit has ${choice.officersPerUnit} officers`;
      left.push(...group.map(({ name, date }) => ({ name, date, reason })));
      continue;
    }
    const whole = Math.floor(group.length / size);
    for (let at = 0; at < whole; at += 1) {
      // Whoever is over joins the last one.
      const members = group.slice(at * size, at === whole - 1 ? undefined : (at + 1) * size);
      const unit = freeNumber(crews, first);
      const names = members.map(({ name }) => name);
      if (unit === null) {
        const reason = `more than ${mostUnits} units at ${first.hours}`;
        left.push(...members.map(({ name, date }) => ({ name, date, reason })));
        continue;
      }
      const { date, hours } = first;
      crews.push({ date, unit, hours, mode: first.mode ?? choice.usualMode, names });
    }
  }
  return { crews, left };
}

function byDateAndHours([a]: RosterDuty[], [b]: RosterDuty[]): number {
  const [one, other] = [`${a?.date} ${a?.hours}`, `${b?.date} ${b?.hours}`];
  return one < other ? -1 : Number(one > other);
}

/** The lowest number that is not out at that time: a night before counts, too. */
function freeNumber(crews: readonly Crew[], duty: Pick<Duty, "date" | "hours">): number | null {
  const busy = new Set(crews.filter((crew) => isTogether(crew, duty)).map(({ unit }) => unit));
  for (let unit = 1; unit <= mostUnits; unit += 1) if (!busy.has(unit)) return unit;
  return null;
}

function isTogether(a: Pick<Duty, "date" | "hours">, b: Pick<Duty, "date" | "hours">): boolean {
  const [one, other] = [spanOf(a), spanOf(b)];
  return one.from < other.to && other.from < one.to;
}

function spanOf({ date, hours }: Pick<Duty, "date" | "hours">) {
  const shift = parseShift(hours);
  const midnight = parseLocalDate(date);
  const { startMinute, endMinute } = shift.ok ? shift.value : { startMinute: 0, endMinute: 0 };
  const crosses = endMinute <= startMinute ? dayMs : 0;
  return {
    from: midnight + startMinute * minuteMs,
    to: midnight + crosses + endMinute * minuteMs,
  };
}
