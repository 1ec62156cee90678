import { cellAt } from "#core/geo/cell.ts";
import type { MonthlyFiguresInput } from "#core/outcomes/monthly-figures.ts";

const cell = cellAt([-0.0631, 51.6179], 10);

/** A month in which every patrol is debriefed: visits of 15 minutes, and hotspots of which the first ones were visited. */
export function monthOf(given: {
  readonly visits: number;
  readonly delivered?: number;
  readonly hotspots: number;
  readonly visited: number;
}): MonthlyFiguresInput {
  const { visits, delivered = 0, hotspots, visited } = given;
  const minutes = 15 * visits;
  return {
    month: "2021-10",
    isExact: false,
    patrols: {
      patrols: delivered,
      withoutDebrief: 0,
      delivered,
      planned: { visits, minutes },
      logged: {
        visits,
        minutes,
        byCell: Array.from({ length: visited }, (_, at) => ({
          // Names of cells of their own: nothing here asks where they are.
          cell: `${cell}-${at}` as typeof cell,
          visits: 1,
          minutes: 15,
        })),
      },
    },
    hotspots: Array.from({ length: hotspots }, (_, at) => ({
      cell: `${cell}-${at}`,
      place: `Place ${String.fromCharCode(65 + at)}`,
      count: 20,
    })),
    tallies: [],
    days: [],
    earlier: [],
  };
}
