import type { Address } from "#client/state/url.ts";
import type { PlanDays } from "#core/patrols/arrival-times/trend.ts";
import { defaultShifts, parseShift } from "#core/patrols/ground/shift.ts";
import { type EncounterWeight, encounterWeight } from "#core/patrols/wire/encounters.ts";
import type { SuggestBody } from "#core/patrols/wire/plan.ts";
import { mostUnits } from "#core/patrols/wire/unit.ts";
import { lastShownDate } from "#core/protected-time/shown-until.ts";
import { failure, type Result, success } from "#core/result.ts";
import { formatDay } from "#core/time/words.ts";
import {
  addDays,
  dayMs,
  daysIn,
  formatLocalDate,
  isLocalDate,
  parseLocalDate,
} from "#core/time/zone.ts";

/** As typed: any part may be invalid. */
export interface PlanRequest {
  readonly from: string;
  readonly days: string;
  readonly units: string;
  readonly shifts: string;
  readonly encounters: EncounterWeight;
}

export const mostDays = 28;
const mostShifts = 6;

/** Next week's Monday, even on a Monday. */
export function nextMonday(asAt: string): string {
  const today = parseLocalDate(asAt);
  const weekday = (new Date(today).getUTCDay() + 6) % 7;
  return addDays(asAt, 7 - weekday);
}

export function requestFromParams(params: Address["params"], asAt: string): PlanRequest {
  return {
    from: params["from"] ?? nextMonday(asAt),
    days: params["days"] ?? "7",
    units: params["units"] ?? "2",
    shifts: params["shifts"] ?? defaultShifts.join(", "),
    encounters: encounterWeight.safeParse(params["encounters"]).data ?? "none",
  };
}

export type RequestFaults = Partial<Record<keyof PlanRequest, string>>;

export function readRequest(request: PlanRequest): Result<SuggestBody, RequestFaults> {
  const days = readWhole(request.days, mostDays);
  const units = readWhole(request.units, mostUnits);
  const shifts = readShifts(request.shifts);
  const isDate = isLocalDate(request.from);
  if (isDate && days !== null && units !== null && shifts.ok) {
    return success({
      from: request.from,
      days,
      units,
      shifts: [...shifts.value],
      seed: 1,
      varyTimes: true,
      ...(request.encounters === "none" ? {} : { encounters: request.encounters }),
    });
  }
  return failure({
    ...(isDate ? {} : { from: "Choose the first day." }),
    ...(days === null ? { days: `1 to ${mostDays}` } : {}),
    ...(units === null ? { units: `1 to ${mostUnits}` } : {}),
    ...(shifts.ok ? {} : { shifts: shifts.reason }),
  });
}

/** Only faults of fields that this role has: units and shifts belong to planners. */
export function faultsFor(request: PlanRequest, canSuggest: boolean): RequestFaults {
  const read = readRequest(request);
  if (read.ok) return {};
  const { from, days, ...rest } = read.reason;
  return { ...(from ? { from } : {}), ...(days ? { days } : {}), ...(canSuggest ? rest : {}) };
}

/**
 * Days without shown protected time can be viewed, not planned. Ends on the server's last day; the
 * fault is on the field to correct.
 */
export function reachFaults(
  { from, days }: Pick<SuggestBody, "from" | "days">,
  asAt: string,
): RequestFaults {
  const last = lastShownDate(asAt);
  const left = daysIn({ from, to: last });
  if (left < 1)
    return { from: `Keep clear is shown to ${formatDay(last)}: choose a day up to then.` };
  if (days > left) return { days: `Up to ${left}: keep clear is shown to ${formatDay(last)}.` };
  return {};
}

/** The days asked for and all of the plan's own, since buttons act on what is shown. */
export function daysShown(asked: PlanDays, plan: PlanDays | null): PlanDays {
  if (!plan) return asked;
  const firsts = [asked, plan].map(({ from }) => parseLocalDate(from));
  const ends = [asked, plan].map(({ from, days }) => parseLocalDate(from) + days * dayMs);
  const first = Math.min(...firsts);
  return { from: formatLocalDate(first), days: (Math.max(...ends) - first) / dayMs };
}

/** `14:00-22:00, 22:00-02:00`; also `14-22` and `14:00 to 22:00`. */
export function readShifts(text: string): Result<readonly string[]> {
  const parts = text.split(/[,;]/).map((part) => part.trim());
  const shifts: string[] = [];
  for (const part of parts.filter((each) => each !== "")) {
    const shift = writeOut(part);
    const read = parseShift(shift);
    if (!read.ok) return failure(read.reason);
    if (!shifts.includes(shift)) shifts.push(shift);
  }
  if (shifts.length === 0) return failure("Enter at least one shift, such as 14:00-22:00.");
  if (shifts.length > mostShifts) return failure(`At most ${mostShifts} shifts.`);
  return success(shifts);
}

const looseShift = /^(\d{1,2})(?::(\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?::(\d{2}))?$/;

function writeOut(part: string): string {
  const [, hour = "", minute = "00", endHour = "", endMinute = "00"] = looseShift.exec(part) ?? [];
  if (hour === "") return part;
  const end = `${endHour.padStart(2, "0")}:${endMinute}`;
  return `${hour.padStart(2, "0")}:${minute}-${end === "24:00" ? "00:00" : end}`;
}

function readWhole(text: string, most: number): number | null {
  if (!/^\d{1,3}$/.test(text.trim())) return null;
  const value = Number(text);
  return value >= 1 && value <= most ? value : null;
}
