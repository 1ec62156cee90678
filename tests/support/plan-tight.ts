import { disk, type H3Cell, parentCell, unpackCells } from "#core/geo/cell.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { hoursOfWeek } from "#core/patrols/demand/week-shape.ts";
import type { PlanStaffing } from "#core/patrols/duty/crew.ts";
import { readStaffing } from "#core/patrols/duty/staffing.ts";
import type { ClosedStretch } from "#core/patrols/ground/window.ts";
import type { PlanFrame } from "#core/patrols/plan/plan.ts";
import { createRandom, type Random } from "#core/random.ts";
import { addDays, hourMs, type Zone } from "#core/time/zone.ts";
import { scenarioCells } from "#tests/support/plan-scenario.ts";

/**
 * The instance that the planner is measured on: 7 days, 3 shifts, 4 units, 100 zones with reports and 60 sessions.
 * Places differ by how much is reported and by when, a few bring most of it, and evenings bring more than
 * mornings: so units, caps, ways and sessions all bind.
 */
export function tightPlan(zone: Zone, seed: number): { demand: Demand; frame: PlanFrame } {
  const random = createRandom(seed);
  const from = "2021-11-29";
  const first = zone.startOfDate(from);
  const zones = random
    .shuffle([...new Set(scenarioCells(14).map((cell) => parentCell(cell, 9)))])
    .slice(0, 100);
  return {
    demand: demandOf(zones, random),
    frame: {
      request: {
        from,
        days: 7,
        units: 4,
        shifts: [360, 840, 1320].map((startMinute) => ({
          startMinute,
          endMinute: (startMinute + 480) % 1440,
        })),
        seed,
      },
      earliest: first - hourMs,
      latest: null,
      closed: sessions(zones, first, random),
      agreed: [],
      visits: [],
      staffing: onWheels(zone, from),
      watch: [],
      settings: {},
    },
  };
}

/** Four units in every shift: a hundred zones over the whole command are too far apart to walk. */
function onWheels(zone: Zone, from: string): PlanStaffing {
  const dates = Array.from({ length: 7 }, (_, day) => addDays(from, day));
  const duties = dates.flatMap((date) =>
    ["06:00-14:00", "14:00-22:00", "22:00-06:00"].flatMap((hours) =>
      [1, 2, 3, 4].map((unit) => ({ date, unit, hours, mode: "vehicle" as const })),
    ),
  );
  const given = { duties, tasks: [], interviews: [], coreHours: "20:00-02:00" };
  return { dates, duties: readStaffing(zone, given).duties };
}

function demandOf(zones: readonly H3Cell[], random: Random): Demand {
  const cells = zones.flatMap((zone) => unpackCells([zone], 10)).sort();
  const rates = new Float64Array(cells.length * hoursOfWeek);
  const week = new Float64Array(hoursOfWeek);
  cells.forEach((_, cell) => {
    const size = 0.05 * (1 - random.next()) ** -0.5 * random.next();
    const peak = 14 + random.integer(12);
    const best = random.integer(7);
    for (let hour = 0; hour < hoursOfWeek; hour += 1) {
      const away = Math.min(
        Math.abs((hour % 24) - (peak % 24)),
        24 - Math.abs((hour % 24) - (peak % 24)),
      );
      const day = Math.floor(hour / 24) === best ? 2 : 1;
      const rate = (size * day * Math.exp(-((away / 4) ** 2))) / 24;
      rates[cell * hoursOfWeek + hour] = rate;
      week[hour] = (week[hour] ?? 0) + rate;
    }
  });
  const even = (value: number) => new Float64Array(cells.length).fill(value);
  return {
    cells,
    rates,
    week,
    recent: new Uint32Array(cells.length).fill(1),
    known: new Uint32Array(cells.length).fill(10),
    doubt: {
      spread: 0.05,
      support: even(10),
      ownHours: even(10),
      nearHours: even(50),
      borrowed: even(0.5),
    },
    method: { name: "Made up", way: "for measuring", timed: 1 },
  };
}

/** Sixty sessions of three hours, most of them in the evening, each over about 37 cells. */
function sessions(zones: readonly H3Cell[], first: number, random: Random): ClosedStretch[] {
  return Array.from({ length: 60 }, () => {
    const zone = zones[random.integer(zones.length)] ?? (zones[0] as H3Cell);
    const centre = unpackCells([zone], 10)[0] as H3Cell;
    const start = first + random.integer(7) * 24 * hourMs + (16 + random.integer(14) / 2) * hourMs;
    return { from: start, to: start + 3 * hourMs, cells: disk(centre, 3) };
  });
}
