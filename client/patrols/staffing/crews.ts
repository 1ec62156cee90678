import type { RosterDuty } from "#client/patrols/staffing/read-roster.ts";
import { overlap } from "#core/patrols/duty/staffing.ts";
import { hoursSpan } from "#core/patrols/ground/shift.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import type { Duty } from "#core/patrols/wire/staffing.ts";
import { mostUnits } from "#core/patrols/wire/unit.ts";
import { createZone } from "#core/time/zone.ts";

/** A unit of one day, with who is in it: the names stay on this page. */
export interface Crew extends Duty {
  readonly names: readonly string[];
}

export interface Crews {
  readonly crews: readonly Crew[];
  readonly left: readonly {
    readonly name: string;
    readonly date: string;
    readonly reason: string;
  }[];
}

/**
 * Officers of the same date, hours and mode form units in roster order; a callsign is its own unit.
 * Numbered per date, so no number is out twice at once.
 */
export function crewsOf(duties: readonly RosterDuty[], choice: CrewChoice): Crews {
  const left: { name: string; date: string; reason: string }[] = [];
  const crews: Crew[] = [];
  for (const members of togetherOf(duties, choice).flatMap((group) => crewsIn(group, choice))) {
    const crew = crewOf(members, crews, choice);
    if (typeof crew !== "string") crews.push(crew);
    else left.push(...members.map(({ name, date }) => ({ name, date, reason: crew })));
  }
  return { crews, left };
}

function crewOf(
  members: readonly RosterDuty[],
  crews: readonly Crew[],
  { officersPerUnit, usualMode }: CrewChoice,
): Crew | string {
  const [first] = members;
  if (!first) return "nobody is in it";
  const { date, hours, callsign, mode } = first;
  if (callsign === null && members.length < officersPerUnit) {
    return `alone at ${hours}: a unit has ${officersPerUnit} officers`;
  }
  const unit = freeNumber(crews, first);
  if (unit === null) return `more than ${mostUnits} units at ${hours}`;
  return { date, unit, hours, mode: mode ?? usualMode, names: members.map(({ name }) => name) };
}

export interface CrewChoice {
  readonly officersPerUnit: number;
  /** Used where the roster gives no mode. */
  readonly usualMode: PatrolMode;
}

/** Officers of one date, hours, mode and callsign, by date and hours. */
function togetherOf(duties: readonly RosterDuty[], { usualMode }: CrewChoice): RosterDuty[][] {
  const groups = new Map<string, RosterDuty[]>();
  for (const duty of duties) {
    const key = [duty.date, duty.hours, duty.mode ?? usualMode, duty.callsign ?? ""].join(" ");
    const group = groups.get(key);
    if (group) group.push(duty);
    else groups.set(key, [duty]);
  }
  return [...groups.values()].sort(byDateAndHours);
}

/** Any remainder joins the last unit. A callsign is one unit. */
function crewsIn(group: readonly RosterDuty[], { officersPerUnit }: CrewChoice): RosterDuty[][] {
  const whole = Math.floor(group.length / officersPerUnit);
  if (group[0]?.callsign || whole <= 1) return [[...group]];
  return Array.from({ length: whole }, (_, at) =>
    group.slice(at * officersPerUnit, at === whole - 1 ? undefined : (at + 1) * officersPerUnit),
  );
}

function byDateAndHours([a]: RosterDuty[], [b]: RosterDuty[]): number {
  const [one, other] = [`${a?.date} ${a?.hours}`, `${b?.date} ${b?.hours}`];
  return one < other ? -1 : Number(one > other);
}

/** Lowest number not on duty at that time, including the night before. */
function freeNumber(crews: readonly Crew[], duty: Pick<Duty, "date" | "hours">): number | null {
  const busy = new Set(crews.filter((crew) => isTogether(crew, duty)).map(({ unit }) => unit));
  for (let unit = 1; unit <= mostUnits; unit += 1) if (!busy.has(unit)) return unit;
  return null;
}

function isTogether(a: Pick<Duty, "date" | "hours">, b: Pick<Duty, "date" | "hours">): boolean {
  const [one, other] = [a, b].map(({ date, hours }) => hoursSpan(wallClock, date, hours));
  return !!one && !!other && overlap(one, other);
}

const wallClock = createZone("UTC");
