import { cellToChildren } from "h3-js";
import {
  eventResolution,
  type H3Cell,
  type Position,
  parentCell,
  zoneResolution,
} from "#core/geo/cell.ts";
import type { Demand } from "#core/patrols/demand/demand.ts";
import { createClosedTime } from "#core/patrols/ground/closed-time.ts";
import { windowCells } from "#core/patrols/ground/leg.ts";
import { streetTimesOf } from "#core/patrols/ground/street-times.ts";
import type { PatrolWindow } from "#core/patrols/ground/window.ts";
import { finishPlan } from "#core/patrols/plan/finish.ts";
import { streetNeeds } from "#core/patrols/plan/needs.ts";
import { planForDemand } from "#core/patrols/plan/plan.ts";
import { planGround } from "#core/patrols/plan/plan-ground.ts";
import { createLegMaker, type StreetWays } from "#core/patrols/walk/street-ways.ts";
import type { Venue } from "#core/protected-time/ground.ts";
import { occurrencesBetween } from "#core/protected-time/occurrences.ts";
import { createRandom } from "#core/random.ts";
import { dayMs, hourMs } from "#core/time/zone.ts";
import { cellsUnder } from "#server/patrols/checker/cells-on-the-way.ts";
import { lineOf } from "#server/patrols/replies.ts";
import { london } from "#tests/support/plan-options.ts";
import {
  type Ask,
  closedDuring,
  fewZonesDemand,
  noFloor,
  overlapsOf,
  plain,
  randomAsk,
} from "#tests/support/plan-pairs.ts";
import { type RandomCalendar, randomCalendar } from "#tests/support/random-calendar.ts";
import { netWays, numbersOf } from "#tests/support/street-net.ts";

export interface StreetPairSummary {
  /** Legs inside a venue while it is visited, what the checker found, and cells that it alone sees: must be empty. */
  readonly faults: readonly string[];
  readonly plans: number;
  readonly legs: number;
  /** Legs that lead another way than with nothing closed. */
  readonly ledRound: number;
  /** Legs inside a venue where nobody is told of no session: shows that the test can fail. */
  readonly blindInside: number;
}

let known: { readonly demand: Demand; readonly ways: StreetWays } | null = null;

/** Random calendars, a plan on made-up streets for each, and every leg of it against the venues themselves. */
export async function checkStreetPairs(range: {
  readonly from: number;
  readonly count: number;
}): Promise<StreetPairSummary> {
  known ??= {
    demand: fewZonesDemand(6),
    ways: netWays({ south: 51.58, west: -0.11, north: 51.65, east: -0.02, metres: 90 }),
  };
  const { ways } = known;
  const faults: string[] = [];
  let [legs, ledRound, blindInside] = [0, 0, 0];
  for (let seed = range.from; seed < range.from + range.count; seed += 1) {
    const calendar = randomCalendar(seed);
    const ask = randomAsk(createRandom(seed + 1_000_003), calendar);
    const closed = closedDuring(calendar, ask);
    const windows = [...planOn(known, ask, closed), ...besideClosed(ways, closed, closed, seed)];
    const free = createLegMaker(ways, createClosedTime([]));
    const overlaps = await overlapsOf(calendar, windows);
    faults.push(...overlaps.map((id) => `seed ${seed}: the checker finds window ${id}`));
    const inside = legsInside(calendar, windows);
    faults.push(...inside.map((id) => `seed ${seed}: ${id} is inside a venue`));
    for (const window of windows) {
      const missed = (window.legs ?? []).filter(({ line, cells }) =>
        [...cellsUnder(lineOf(line) ?? [])].some((cell) => !cells.includes(cell as H3Cell)),
      );
      if (missed.length > 0) faults.push(`seed ${seed}: the checker finds more cells under a leg`);
      const stops = window.stops.map(({ cell }) => cell);
      const direct = free?.(stops, "foot", window);
      legs += window.legs?.length ?? 0;
      const others = window.legs?.filter(
        ({ metres }, at) => direct && direct !== "closed" && direct[at]?.metres !== metres,
      );
      ledRound += others?.length ?? 0;
    }
    if (seed % 5 === 0) {
      const blind = [...planOn(known, ask, []), ...besideClosed(ways, closed, [], seed)];
      blindInside += legsInside(calendar, blind).length;
    }
  }
  return { faults, plans: range.count, legs, ledRound, blindInside };
}

function planOn(
  { demand, ways }: { readonly demand: Demand; readonly ways: StreetWays },
  { request }: Ask,
  closed: ReturnType<typeof closedDuring>,
): PatrolWindow[] {
  const input = { request, earliest: 0, latest: null, closed, agreed: [], visits: [], ...plain };
  const ground = planGround(demand, input, london, noFloor);
  const streets = streetTimesOf(numbersOf(ways, streetNeeds(demand, input, ground, noFloor)));
  const prepared = planForDemand(demand, input, london, noFloor, { ground, streets });
  const closedTime = createClosedTime(closed);
  const legMaker = createLegMaker(ways, closedTime);
  return finishPlan(prepared, prepared.greedy, london).windows.map((window) => {
    const stops = window.stops.map(({ cell }) => cell);
    const legs = legMaker?.(stops, "foot", window);
    if (!legs || legs === "closed") throw new Error("A window was planned that cannot be walked");
    const walked = { ...window, legs };
    const isOpen = windowCells(walked).every((cell) =>
      closedTime.isClear(cell, window.start, window.end),
    );
    if (!isOpen) throw new Error("A window was planned through what is closed");
    return walked;
  });
}

/**
 * Windows as a sergeant may ask for them, in zones that are closed in part: two or three open cells of one, drawn at random,
 * where a way between them is left. The planner itself keeps away from there, as hardly anything is reached beside what is closed.
 */
function besideClosed(
  ways: StreetWays,
  closed: ReturnType<typeof closedDuring>,
  told: ReturnType<typeof closedDuring>,
  seed: number,
): PatrolWindow[] {
  const random = createRandom(seed + 77);
  const known = createClosedTime(told);
  const legMaker = createLegMaker(ways, known);
  return closed.flatMap(({ from, to, cells }): PatrolWindow[] => {
    const [start, end] = [from, Math.min(to, from + hourMs)];
    const zones = [...new Set(cells.map((cell) => parentCell(cell, zoneResolution)))];
    return zones.flatMap((zone): PatrolWindow[] => {
      const open = cellToChildren(zone, eventResolution).filter((cell) =>
        known.isClear(cell as H3Cell, start, end),
      ) as H3Cell[];
      const stops = open.filter(() => random.next() < 0.6).slice(0, 3);
      const legs = legMaker?.(stops, "foot", { start, end });
      if (stops.length < 2 || !legs || legs === "closed") return [];
      const visits = stops.map((cell) => ({ cell, arrive: start, depart: end }));
      return [{ zone, unit: 1, start, end, stops: visits, legs }];
    });
  });
}

/** Legs that come inside a venue's own area while somebody is there, by no more than distances on flat ground. */
function legsInside(calendar: RandomCalendar, windows: readonly PatrolWindow[]): string[] {
  const places = calendar.partners.flatMap((partner) => partner.places);
  const inside: string[] = [];
  for (const [number, { start, end, legs }] of windows.entries()) {
    const span = { from: start - 2 * dayMs, to: end + 2 * dayMs };
    const visited = places.filter(({ sessions }) =>
      sessions
        .flatMap((session) => occurrencesBetween(london, session, span))
        .some(({ startsAt, endsAt }) => startsAt < end && start < endsAt),
    );
    for (const [at, { line }] of (legs ?? []).entries()) {
      const meets = visited.some(
        ({ venue }) => line !== null && metresTo(venue, line) < venue.radiusM,
      );
      if (meets) inside.push(`leg ${at + 1} of window ${number}`);
    }
  }
  return inside;
}

function metresTo(venue: Venue, line: readonly Position[]): number {
  const [lng, lat] = venue.at;
  const north = 111_195;
  const east = north * Math.cos((lat * Math.PI) / 180);
  const flat = line.map(([x, y]) => [(x - lng) * east, (y - lat) * north] as const);
  return Math.min(
    ...flat.map(([x, y], at) => {
      const [fromX, fromY] = flat[at - 1] ?? [x, y];
      const [dx, dy] = [x - fromX, y - fromY];
      const length = dx * dx + dy * dy;
      const share =
        length === 0 ? 0 : Math.min(1, Math.max(0, -(fromX * dx + fromY * dy) / length));
      return Math.hypot(fromX + share * dx, fromY + share * dy);
    }),
  );
}
