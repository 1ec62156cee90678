import type { RosterDuty } from "#client/patrols/staffing/read-roster.ts";
import { hoursSpan, overlap } from "#core/patrols/staffing.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { type Duty, mostUnits } from "#core/patrols/wire/staffing.ts";
import { createZone } from "#core/time/zone.ts";

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

/** The unit that these officers make, or why they make none. */
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
  /** Where the roster does not say how somebody moves. */
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

/** So many to a unit; whoever is over joins the last one. A callsign is one unit. */
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

/** The lowest number that is not out at that time: a night before counts, too. */
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
