import { useState } from "react";
import type { Crew } from "#client/patrols/staffing/crews.ts";
import { readHours } from "#client/patrols/staffing/duty-cell.ts";
import { type PatrolMode, patrolModes } from "#core/patrols/wire/plan.ts";
import type { Duty, FixedTask, InterviewBlock, StaffingBody } from "#core/patrols/wire/staffing.ts";
import { mostUnits } from "#core/patrols/wire/unit.ts";
import { formatDay } from "#core/time/words.ts";

/** May hold pasted names, which are never sent. */
export interface StaffingDraft {
  readonly duties: readonly Crew[];
  readonly tasks: readonly FixedTask[];
  readonly interviews: readonly InterviewBlock[];
  readonly coreHours: string;
}

export const modeWords: Readonly<Record<PatrolMode, string>> = {
  foot: "On foot",
  cycle: "By cycle",
  vehicle: "By vehicle",
};

export function draftOf(
  { duties, tasks, interviews, coreHours }: StaffingBody,
  before: StaffingDraft | null,
): StaffingDraft {
  return {
    duties: duties.map((duty) => ({ ...duty, names: namesOf(duty, before) })).sort(byDuty),
    tasks: [...tasks].sort(byDate),
    interviews: [...interviews].sort(byDate),
    coreHours,
  };
}

/** Names stay beside their unit for as long as the page is open. */
function namesOf(duty: Duty, before: StaffingDraft | null): readonly string[] {
  const same = before?.duties.find(
    ({ date, unit, hours }) => date === duty.date && unit === duty.unit && hours === duty.hours,
  );
  return same?.names ?? [];
}

/** Built field by field, so that names cannot leak. */
export function bodyOf({ duties, tasks, interviews, coreHours }: StaffingDraft): StaffingBody {
  return {
    duties: duties.map(({ date, unit, hours, mode }) => ({ date, unit, hours, mode })),
    tasks: tasks.map(({ date, unit, hours, kind }) => ({ date, unit, hours, kind })),
    interviews: interviews.map(({ date, unit, hours }) => ({ date, unit, hours })),
    coreHours,
  };
}

export function byDuty(a: Duty, b: Duty): number {
  return byDate(a, b) || a.unit - b.unit;
}

function byDate(a: Dated, b: Dated): number {
  const [one, other] = [`${a.date} ${a.hours}`, `${b.date} ${b.hours}`];
  return one < other ? -1 : Number(one > other);
}

interface Dated {
  readonly date: string;
  readonly hours: string;
}

/** "Mon 29 Nov, 14:00 to 22:00" */
export function spanWords({ date, hours }: Dated): string {
  return `${formatDay(date)}, ${hours.replace("-", " to ")}`;
}

/** "unit 2", or "any unit" */
export function unitWords(unit: number | null): string {
  return unit === null ? "any unit" : `unit ${unit}`;
}

/** `read` returns valid hours, or shows the fault below the field. */
export function useHours(usual: string) {
  const [value, onChange] = useState(usual);
  const [error, setError] = useState<string>();
  const read = (then: (hours: string) => void) => {
    const hours = readHours(value);
    setError(hours.ok ? undefined : hours.reason);
    if (hours.ok) then(hours.value);
  };
  return { field: { value, error, onChange }, read };
}

export const modeOptions = patrolModes.map((value) => ({ value, label: modeWords[value] }));
export const unitOptions = Array.from({ length: mostUnits }, (_, at) => ({
  value: String(at + 1),
  label: String(at + 1),
}));
export const dayOptions = (dates: readonly string[]) =>
  dates.map((value) => ({ value, label: formatDay(value) }));
