import type { H3Cell } from "#core/geo/cell.ts";
import type { DoseLedger } from "#core/patrols/ground/dose.ts";
import type { Leg } from "#core/patrols/ground/leg.ts";
import type { Movement, PatrolSettings } from "#core/patrols/ground/settings.ts";
import type { StreetTimes } from "#core/patrols/ground/street-times.ts";
import type { PatrolMode } from "#core/patrols/wire/plan.ts";
import { roundingMinutes } from "#core/protected-time/settings.ts";
import { minuteMs } from "#core/time/zone.ts";

/** A patrol partner's units: council wardens, marshals, security (ADR 36). Police have none. */
export interface Squad {
  readonly patrolPartner: string;
  /** Labels of its windows begin above ten thousand times this. */
  readonly number: number;
  /** On foot. */
  readonly kmh: number;
  /** Where its units may stand; null: anywhere in the command. */
  readonly cells: ReadonlySet<H3Cell> | null;
}

export const isOfSquad = (squad: Squad | undefined, cell: H3Cell) =>
  squad?.cells?.has(cell) ?? true;

/** `kmh`: of whoever does not walk as police do. */
export function movementOf(
  modes: PatrolSettings["modes"],
  mode: PatrolMode,
  kmh?: number | null,
): Movement {
  return kmh && mode === "foot" ? { ...modes.foot, kmh } : modes[mode];
}

/** Streets are measured at the pace of police. */
export function slowness(
  modes: PatrolSettings["modes"],
  mode: PatrolMode,
  kmh?: number | null,
): number {
  return modes[mode].kmh / movementOf(modes, mode, kmh).kmh;
}

export function pacedLegs(legs: readonly Leg[], slower: number): readonly Leg[] {
  return slower === 1
    ? legs
    : legs.map((leg) => ({ ...leg, seconds: leg.line ? leg.seconds * slower : leg.seconds }));
}

interface Paced {
  readonly dose: DoseLedger;
  readonly settings: PatrolSettings;
  readonly streets?: StreetTimes | null;
}

/** The same context at the squad's pace, and by half hours, as its coordinator is told of other visits. */
export function paced<Context extends Paced>(context: Context, squad: Squad | undefined): Context {
  if (!squad) return context;
  const { settings, streets } = context;
  const { modes } = settings;
  const slower = slowness(modes, "foot", squad.kmh);
  const foot = movementOf(modes, "foot", squad.kmh);
  const half = roundingMinutes * minuteMs;
  const isRested: DoseLedger["isRested"] = (cell, start, end) =>
    context.dose.isRested(cell, start - half, end + half);
  const own = {
    ...context,
    settings: { ...settings, modes: { ...modes, foot } },
    dose: { ...context.dose, isRested },
  };
  if (!streets) return own;
  const walks: StreetTimes["walks"] = (cells, mode, closed) => {
    const seconds = streets.walks(cells, mode, closed);
    return mode === "foot" ? seconds.map((one) => one * slower) : seconds;
  };
  return { ...own, streets: { ...streets, walks } };
}
