import type { Operation } from "#core/displacement/operation.ts";
import type { Tally } from "#core/outcomes/wire/tallies.ts";
import type { LoggedVisit } from "#core/patrols/done/read-visits.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import type { Duty } from "#core/patrols/wire/staffing.ts";
import type { LatticePlace } from "#core/protected-time/lattice.ts";
import type { SessionRule } from "#core/protected-time/session.ts";
import type { PoliceEvent } from "#core/records/event.ts";

/** Everything that the demonstration consists of; nothing in it ever happened. */
export interface Demonstration {
  readonly seed: number;
  /** The date that the tool treats as today. */
  readonly asAt: string;
  /** Sorted by start. */
  readonly events: readonly PoliceEvent[];
  readonly operation: Operation;
  readonly tallies: readonly Tally[];
  /** Patrols as they were logged. */
  readonly visits: readonly LoggedVisit[];
  /** Agreed last week and over. */
  readonly patrols: DemoPatrols;
  readonly partners: readonly DemoPartner[];
  readonly wardens: DemoWardens;
  /** When every partner confirmed its calendar, epoch milliseconds. */
  readonly confirmedAt: number;
}

export interface DemoPatrols {
  readonly from: string;
  readonly days: number;
  readonly units: number;
  readonly shifts: readonly string[];
  readonly agreedAt: number;
  readonly windows: readonly (PatrolWindow & {
    readonly shiftStart: number;
    readonly shiftEnd: number;
  })[];
}

/** Council wardens who patrol beside police. */
export interface DemoWardens {
  readonly name: string;
  /** Codes of boroughs. */
  readonly areas: string[];
  readonly kmh: number;
  readonly duties: readonly Duty[];
}

export interface DemoPartner {
  /** What the sign-in page calls it. */
  readonly code: "a" | "b" | "c";
  readonly name: string;
  readonly places: readonly DemoPlace[];
}

export interface DemoPlace {
  /** Only its partner reads it. */
  readonly label: string;
  /** The venue itself stays in the generator. */
  readonly ground: LatticePlace;
  readonly sessions: readonly SessionRule[];
}
