import type { H3Cell } from "#core/geo/cell.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import type { PatrolPartnerKind } from "#core/patrols/wire/patrol-partners.ts";
import { sumOf } from "#core/stats/sum-of.ts";
import { minuteMs } from "#core/time/zone.ts";

interface Spent {
  readonly visits: number;
  readonly minutes: number;
}

export interface CellSpent extends Spent {
  readonly cell: H3Cell;
}

export interface KindSpent extends Spent {
  readonly kind: "police" | PatrolPartnerKind;
}

export interface PatrolMonth {
  /** Approved patrols that began in the month. */
  readonly patrols: number;
  /** Of these, those with a stop that began and no debrief. */
  readonly withoutDebrief: number;
  /** Of these, with at least one stop debriefed as done. */
  readonly delivered: number;
  /** Approved stops due to begin in the month; of a patrol called off, those that had begun. */
  readonly planned: Spent;
  /** Visits that began in the month, from debriefs and from imported lists. */
  readonly logged: Spent & {
    readonly byCell: readonly CellSpent[];
    /** The same by who patrolled, police first; one of them alone where no patrol partner did. */
    readonly byKind?: readonly KindSpent[];
  };
}

/** Counts a month (DEFINITIONS, Monthly figures): a patrol by its own start, a visit by its own. */
export function patrolMonthOf({
  span,
  windows,
  debriefs,
  logged,
  byKind,
}: {
  /** Epoch milliseconds: the month, half open. */
  readonly span: { readonly from: number; readonly to: number };
  /** Approved windows that touch the month, with the stops that had begun. */
  readonly windows: readonly {
    readonly id: string;
    readonly start: number;
    readonly stops: readonly Visit[];
  }[];
  readonly debriefs: readonly {
    readonly outcomes: readonly { readonly windowId: string; readonly outcome: string }[];
  }[];
  /** Of visits that began in the month. */
  readonly logged: readonly CellSpent[];
  readonly byKind?: readonly KindSpent[];
}): PatrolMonth {
  const isWithin = (at: number) => at >= span.from && at < span.to;
  const own = windows.filter(({ start }) => isWithin(start));
  const outcomes = debriefs.flatMap((debrief) => debrief.outcomes);
  // By patrol: one approved after its shift's debrief is in no debrief.
  const told = new Set(outcomes.map(({ windowId }) => windowId));
  const done = new Set(
    outcomes.filter(({ outcome }) => outcome === "done").map(({ windowId }) => windowId),
  );
  const stops = windows.flatMap((window) => window.stops).filter(({ arrive }) => isWithin(arrive));
  return {
    patrols: own.length,
    withoutDebrief: own.filter(({ id, stops }) => stops.length > 0 && !told.has(id)).length,
    delivered: own.filter(({ id }) => done.has(id)).length,
    planned: {
      visits: stops.length,
      minutes: sumOf(stops.map(({ arrive, depart }) => (depart - arrive) / minuteMs)),
    },
    logged: {
      visits: sumOf(logged.map(({ visits }) => visits)),
      minutes: sumOf(logged.map(({ minutes }) => minutes)),
      byCell: logged,
      ...(byKind ? { byKind } : {}),
    },
  };
}
