import type { ControlWeek } from "#core/displacement/control-day-effect.ts";
import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import type { ControlDay } from "#core/patrols/control-days.ts";
import type { EventColumns } from "#core/records/columns.ts";
import {
  addDays,
  dayMs,
  formatLocalDate,
  minuteMs,
  parseLocalDate,
  type Zone,
} from "#core/time/zone.ts";

/**
 * Reports by place and local day of drawn weeks, counted at the middle of their span (DEFINITIONS, Events); days
 * that a draw left out are marked. A span of more than 24 hours tells no day and is left out.
 */
export function controlWeeks(given: {
  readonly draws: readonly { readonly week: string; readonly daysPerPlace: number }[];
  readonly days: readonly ControlDay[];
  /** Reports that ask for a patrol, of these weeks. */
  readonly reports: EventColumns;
  readonly zone: Zone;
}): ControlWeek[] {
  const counted = countByDay(given.reports, given.zone);
  return given.draws.map(({ week, daysPerPlace }) => {
    const dates = Array.from({ length: 7 }, (_, day) => addDays(week, day));
    const own = given.days.filter(({ day }) => dates.includes(day));
    const zones = [...new Set(own.map((one) => one.zone))];
    return {
      daysPerPlace,
      places: zones.map((zone) => ({
        controlDays: own
          .filter((one) => one.zone === zone)
          .map(({ day }) => (parseLocalDate(day) - parseLocalDate(week)) / dayMs),
        reports: dates.map((date) => counted.get(`${zone} ${date}`) ?? 0),
      })),
    };
  });
}

function countByDay(reports: EventColumns, zone: Zone): ReadonlyMap<string, number> {
  const zoneOf = reports.cells.map((cell): H3Cell => parentCell(cell, zoneResolution));
  const counted = new Map<string, number>();
  for (let row = 0; row < reports.length; row += 1) {
    const start = (reports.start[row] ?? 0) * minuteMs;
    const end = (reports.end[row] ?? 0) * minuteMs;
    if (end - start > dayMs) continue;
    const date = formatLocalDate(zone.toLocal(start + (end - start) / 2));
    const key = `${zoneOf[reports.cell[row] ?? 0]} ${date}`;
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return counted;
}
