import {
  cellAt,
  eventResolution,
  type H3Cell,
  type Position,
  parentCell,
  zoneResolution,
} from "#core/geo/cell.ts";
import { patrolDefaults } from "#core/patrols/ground/settings.ts";
import { timedWindow } from "#core/patrols/plan/change.ts";
import { minuteMs, parseLocal, type Zone } from "#core/time/zone.ts";
import type { DemoPatrols } from "#data/demo/model.ts";
import { fieldFault } from "#data/demo/recipe.ts";

/** Its stops, one after the other. */
type Walk = readonly Position[];

/** In the afternoon, so that no window is in the way of an evening session or not over on the as-at day. */
const planned: readonly {
  readonly date: string;
  readonly start: string;
  readonly minutes: number;
  readonly unit: number;
  /** Which of the two walks. */
  readonly walk: 0 | 1;
}[] = [
  { date: "2021-11-22", start: "16:10", minutes: 95, unit: 1, walk: 0 },
  { date: "2021-11-22", start: "16:30", minutes: 80, unit: 2, walk: 1 },
  { date: "2021-11-23", start: "15:40", minutes: 75, unit: 2, walk: 1 },
  { date: "2021-11-23", start: "17:05", minutes: 95, unit: 1, walk: 0 },
];

/**
 * Last week's agreed patrols: two afternoons of two units, which wait for their debrief.
 */
export function createPatrols(zone: Zone, walks: readonly [Walk, Walk]): DemoPatrols {
  const windows = planned.map(({ date, start, minutes, unit, walk }) => {
    const cells = walks[walk].map((at) => cellAt(at, eventResolution));
    const from = zone.toInstant(parseLocal(`${date}T${start}`), "earlier");
    const timed = timedWindow(
      {
        zone: parentCell(cells[0] as H3Cell, zoneResolution),
        unit,
        mode: "foot",
        start: from,
        end: from + minutes * minuteMs,
        cells,
      },
      { has: () => true },
      patrolDefaults,
    );
    if (!timed.ok) throw fieldFault(`walks.${walk}`, `cannot be walked. ${timed.reason}`);
    const at = (time: string) => zone.toInstant(parseLocal(`${date}T${time}`), "earlier");
    return { ...timed.value, shiftStart: at("14:00"), shiftEnd: at("22:00") };
  });
  return {
    from: "2021-11-22",
    days: 2,
    units: 2,
    shifts: ["14:00-22:00", "22:00-02:00"],
    agreedAt: zone.toInstant(parseLocal("2021-11-22T09:20"), "earlier"),
    windows,
  };
}
