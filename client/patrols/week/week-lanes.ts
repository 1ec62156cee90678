import type { Slot } from "#client/patrols/week/week-layout.ts";

interface Block {
  readonly slot: Slot;
  readonly unit: number;
}

export interface BlockLane {
  readonly lane: number;
  readonly lanes: number;
}

/**
 * Lanes side by side in each column: only windows that are out at one time share its width, so that a
 * quiet evening is easy to read.
 */
export function lanesOf<Drawn extends Block>(
  blocks: readonly Drawn[],
): ReadonlyMap<Drawn, BlockLane> {
  const placed = new Map<Drawn, { lane: number; lanes: number }>();
  const sorted = [...blocks].sort(
    (a, b) =>
      a.slot.column - b.slot.column || a.slot.fromMinute - b.slot.fromMinute || a.unit - b.unit,
  );
  let group: Drawn[] = [];
  let groupEnd = 0;
  let ends: number[] = [];
  const close = () => {
    for (const block of group) {
      placed.set(block, { lane: placed.get(block)?.lane ?? 0, lanes: ends.length });
    }
    group = [];
    ends = [];
  };
  for (const block of sorted) {
    const { column, fromMinute, toMinute } = block.slot;
    if (group[0] && (group[0].slot.column !== column || fromMinute >= groupEnd)) close();
    if (group.length === 0) groupEnd = toMinute;
    const free = ends.findIndex((end) => end <= fromMinute);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = toMinute;
    groupEnd = Math.max(groupEnd, toMinute);
    placed.set(block, { lane, lanes: 1 });
    group.push(block);
  }
  close();
  return placed;
}

/** One day of the week as drawn: where it begins and how wide it is, as shares of all days. */
export interface WeekColumn {
  readonly from: number;
  readonly width: number;
  readonly leastPx: number;
}

const leastColumnPx = 72;
const lanePx = 44;
/** From here on a day is wider than its share of a screen anyway: each lane gets room for whole words. */
const crowdedLanes = 5;
const crowdedLanePx = 76;

/** Each day as wide as its own busiest hour needs, so that one full evening does not stretch the week. */
export function columnsOf<Drawn extends Block>(
  days: number,
  blocks: readonly Drawn[],
  lanes: ReadonlyMap<Drawn, BlockLane>,
): readonly WeekColumn[] {
  const least = Array.from({ length: days }, (_, column) => {
    const own = blocks.filter(({ slot }) => slot.column === column);
    const most = Math.max(1, ...own.map((block) => lanes.get(block)?.lanes ?? 1));
    return Math.max(leastColumnPx, most * (most < crowdedLanes ? lanePx : crowdedLanePx));
  });
  const all = least.reduce((sum, px) => sum + px, 0);
  let before = 0;
  return least.map((leastPx) => {
    const from = before / all;
    before += leastPx;
    return { from, width: leastPx / all, leastPx };
  });
}
