import type { H3Cell } from "#core/geo/cell.ts";
import type { Band } from "#core/patrols/positions/dose-tally.ts";
import type { Visit } from "#core/patrols/window.ts";
import { minuteMs } from "#core/time/zone.ts";

/** Visits, and the minutes that all units spent on them. */
interface Spent {
  readonly visits: number;
  readonly minutes: number;
}

export interface CellSpent extends Spent {
  readonly cell: H3Cell;
}

/** What was planned and done in a month that is over. */
export interface PatrolMonth {
  /** Approved patrols that began in the month. */
  readonly patrols: number;
  /** Of these, whose shift nobody has debriefed. */
  readonly withoutDebrief: number;
  /** Of these, with one stop or more that a debrief calls done. */
  readonly delivered: number;
  /** Stops of approved patrols that were to begin in the month; of one called off, those that had begun. */
  readonly planned: Spent;
  /** Visits that began in the month, from debriefs and from imported lists. */
  readonly logged: Spent & { readonly byCell: readonly CellSpent[] };
  /** Device minutes in the whole area on the days that were recorded, with the 95% band; null without any. */
  readonly recorded: RecordedMonth | null;
}

export interface RecordedMonth extends Band {
  readonly days: number;
}

export interface PatrolMonthInput {
  /** Epoch milliseconds: the month, half open. */
  readonly span: { readonly from: number; readonly to: number };
  /** Approved windows that touch the month, with the stops that had begun. */
  readonly windows: readonly {
    readonly id: string;
    readonly start: number;
    readonly shiftStart: number;
    readonly shiftEnd: number;
    readonly stops: readonly Visit[];
  }[];
  readonly debriefs: readonly {
    readonly shiftStart: number;
    readonly shiftEnd: number;
    readonly outcomes: readonly { readonly windowId: string; readonly outcome: string }[];
  }[];
  /** Of visits that began in the month. */
  readonly logged: readonly CellSpent[];
  readonly recorded: RecordedMonth;
}

/** Counts a month (DEFINITIONS, Monthly return): a patrol by its own start, a visit by its own. */
export function patrolMonthOf(input: PatrolMonthInput): PatrolMonth {
  const { span, windows, debriefs, logged, recorded } = input;
  const isWithin = (at: number) => at >= span.from && at < span.to;
  const own = windows.filter(({ start }) => isWithin(start));
  const told = new Set(debriefs.map(shiftKey));
  const done = new Set(
    debriefs.flatMap(({ outcomes }) =>
      outcomes.filter(({ outcome }) => outcome === "done").map(({ windowId }) => windowId),
    ),
  );
  const stops = windows.flatMap((window) => window.stops).filter(({ arrive }) => isWithin(arrive));
  return {
    patrols: own.length,
    withoutDebrief: own.filter((window) => !told.has(shiftKey(window))).length,
    delivered: own.filter(({ id }) => done.has(id)).length,
    planned: {
      visits: stops.length,
      minutes: sum(stops.map(({ arrive, depart }) => (depart - arrive) / minuteMs)),
    },
    logged: {
      visits: sum(logged.map(({ visits }) => visits)),
      minutes: sum(logged.map(({ minutes }) => minutes)),
      byCell: logged,
    },
    recorded: recorded.days === 0 ? null : recorded,
  };
}

function shiftKey(shift: { readonly shiftStart: number; readonly shiftEnd: number }): string {
  return `${shift.shiftStart} ${shift.shiftEnd}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
