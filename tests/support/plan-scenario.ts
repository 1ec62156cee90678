import { cellAt, disk, type H3Cell, type Position, parentCell } from "#core/geo/cell.ts";
import type { ClosedStretch } from "#core/patrols/ground/window.ts";
import type { PlanInput } from "#core/patrols/plan/plan.ts";
import { createStudySet, type StudySet } from "#core/places/study-set.ts";
import { createRandom, type Random } from "#core/random.ts";
import type { EventColumns } from "#core/records/columns.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { dayMs, hourMs, minuteMs, parseLocal, type Zone } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";

/** Points along a made-up high street, near the real one in size and place. */
const street: readonly Position[] = [
  [-0.0693, 51.5941],
  [-0.0681, 51.6055],
  [-0.0669, 51.6089],
  [-0.0644, 51.6147],
  [-0.0631, 51.6179],
  [-0.0613, 51.6227],
  [-0.0607, 51.6243],
];

const cellsByRings = new Map<number, readonly H3Cell[]>();

/** Cells within about a kilometre of the street: a small command. Found once, as every scenario asks for them. */
export function scenarioCells(rings = 9): readonly H3Cell[] {
  const cells = cellsByRings.get(rings) ?? cellsWithin(rings);
  cellsByRings.set(rings, cells);
  return cells;
}

function cellsWithin(rings: number): H3Cell[] {
  const cells = new Set<H3Cell>();
  for (const point of street) for (const cell of disk(cellAt(point, 10), rings)) cells.add(cell);
  // Whole zones, so that every zone can be planned.
  const zones = new Set([...cells].map((cell) => parentCell(cell, 9)));
  return disk(cellAt(street[3] ?? [0, 0], 10), 60)
    .filter((cell) => zones.has(parentCell(cell, 9)))
    .sort((a, b) => (a < b ? -1 : 1));
}

let study: StudySet | null = null;

/** The same with who neighbours whom. */
export function scenarioStudy(): StudySet {
  study ??= createStudySet("Along the street", 10, scenarioCells());
  return study;
}

/** Reports with a believable week: late evenings and weekends, thick near a few corners. */
export function scenarioEvents(
  zone: Zone,
  options: { readonly seed: number; readonly count: number; readonly asAt: number },
): PoliceEvent[] {
  const random = createRandom(options.seed);
  const cells = scenarioCells();
  const events: PoliceEvent[] = [];
  while (events.length < options.count) {
    const startsAt = Math.floor((options.asAt - random.next() * 364 * dayMs) / minuteMs) * minuteMs;
    const hour = zone.hourOfWeek(startsAt);
    if (random.next() > weekWeight(hour)) continue;
    const span = random.next() < 0.3 ? random.integer(8) * hourMs : 0;
    events.push({
      cell: scatter(random, cells),
      startsAt: startsAt - span,
      endsAt: startsAt,
      ...classify(random),
    });
  }
  return events.filter((event) => event.endsAt < options.asAt);
}

const columnsByOptions = new Map<string, EventColumns>();

/** Nobody writes into them, so that scenarios of the same reports share them. */
export function scenarioColumns(
  zone: Zone,
  options: { readonly seed: number; readonly count: number; readonly asAt: number },
): EventColumns {
  const key = [zone.name, options.seed, options.count, options.asAt].join();
  const columns = columnsByOptions.get(key) ?? columnsFromEvents(scenarioEvents(zone, options));
  columnsByOptions.set(key, columns);
  return columns;
}

/** Weekly closures of about 30 cells around points of the street, as three partners would leave. */
export function scenarioClosed(zone: Zone, from: string, days: number): ClosedStretch[] {
  const weekly: readonly (readonly [number, string, string, number])[] = [
    [4, "20:30", "23:30", 3],
    [1, "18:00", "21:00", 5],
    [3, "21:30", "00:30", 4],
    [5, "21:30", "00:30", 2],
    [2, "14:00", "16:30", 1],
  ];
  const first = parseLocal(`${from}T00:00`);
  const stretches: ClosedStretch[] = [];
  for (let day = -1; day <= days; day += 1) {
    const midnight = first + day * dayMs;
    const weekday = (Math.floor(midnight / dayMs) + 4) % 7;
    for (const [on, start, end, at] of weekly) {
      if (on !== weekday) continue;
      const point = street[at] ?? street[0];
      if (!point) continue;
      stretches.push({
        from: zone.toInstant(midnight + clock(start), "earlier"),
        to: zone.toInstant(
          midnight + (clock(end) <= clock(start) ? dayMs : 0) + clock(end),
          "later",
        ),
        cells: disk(cellAt(point, 10), 3),
      });
    }
  }
  return stretches;
}

export function scenarioInput(
  zone: Zone,
  overrides: Partial<PlanInput["request"]> & {
    readonly closed?: readonly ClosedStretch[];
    readonly agreed?: PlanInput["agreed"];
    readonly count?: number;
    readonly dataSeed?: number;
  } = {},
): PlanInput {
  const { closed, agreed = [], count = 2500, dataSeed = 7, ...request } = overrides;
  const asAt = zone.startOfDate("2021-11-26");
  const from = request.from ?? "2021-11-29";
  const days = request.days ?? 7;
  return {
    request: {
      units: 2,
      shifts: [
        { startMinute: 14 * 60, endMinute: 22 * 60 },
        { startMinute: 22 * 60, endMinute: 2 * 60 },
      ],
      seed: 1,
      ...request,
      from,
      days,
    },
    asAt,
    earliest: asAt,
    latest: null,
    columns: scenarioColumns(zone, { seed: dataSeed, count, asAt }),
    study: scenarioStudy(),
    closed: closed ?? scenarioClosed(zone, from, days),
    agreed,
    staffing: null,
    watch: [],
    settings: {},
    visits: agreed.flatMap((window) => window.stops),
  };
}

function clock(text: string): number {
  const [hour = 0, minute = 0] = text.split(":").map(Number);
  return (hour * 60 + minute) * minuteMs;
}

function weekWeight(hour: number): number {
  const day = Math.floor(hour / 24);
  const time = hour % 24;
  const evening = time >= 20 || time < 2 ? 1 : time >= 14 ? 0.4 : 0.08;
  return evening * (day >= 4 ? 1 : 0.6);
}

function scatter(random: Random, cells: readonly H3Cell[]): H3Cell {
  if (random.next() < 0.15) return cells[random.integer(cells.length)] ?? (cells[0] as H3Cell);
  const along = random.next() ** 1.5 * (street.length - 1);
  const before = street[Math.floor(along)] ?? [0, 0];
  const after = street[Math.ceil(along)] ?? before;
  const part = along - Math.floor(along);
  const jitter = () => (random.next() + random.next() - 1) * 0.003;
  return cellAt(
    [
      before[0] + (after[0] - before[0]) * part + jitter(),
      before[1] + (after[1] - before[1]) * part + jitter(),
    ],
    10,
  );
}

function classify(random: Random): Pick<PoliceEvent, "kind" | "source" | "category"> {
  const draw = random.next();
  if (draw < 0.6) return { kind: "complaint", source: "resident", category: "kerb_crawling" };
  if (draw < 0.75) return { kind: "complaint", source: "resident", category: "asb" };
  if (draw < 0.8) return { kind: "sighting", source: "partner", category: "kerb_crawling" };
  if (draw < 0.87) return { kind: "complaint", source: "resident", category: "street_sex_work" };
  if (draw < 0.93) return { kind: "arrest", source: "police", category: "kerb_crawling" };
  return { kind: "stop_search", source: "police", category: "other" };
}
