import type { H3Cell, Position } from "#core/geo/cell.ts";
import { createPairCounts, type PairCounts } from "#core/pair-counts.ts";
import { type EventSource, eventSources } from "#core/records/event.ts";
import { type EventKind, eventKinds } from "#core/records/kinds.ts";
import type { EventDraft } from "#core/records/read-row.ts";

/** Number of exact points per kind and source. Only counts leave the import. */
export interface PointCounts {
  readonly kind: EventKind;
  readonly source: EventSource;
  readonly events: number;
  /** Distinct points, to the sixth decimal. */
  readonly points: number;
  /** Rows that share their point. */
  readonly repeated: number;
  /** Of those, rows beyond what chance explains. */
  readonly snapped: number;
}

/** Points in memory per kind and source: about 4 MB, however long the file. */
const mostPoints = 65_536;
/**
 * Distinct positions of a report in a built-up cell of 1.34 hectares: the share of rows at a shared
 * point by chance alone.
 */
export const placesInCell = 50;

/**
 * Counts shared points in constant memory. Beyond the limit only points whose hash divides by 2, 4,
 * 8 ... are kept: an even sample of points, each with all of its rows (Gibbons 2001, distinct
 * sampling), so the share of rows at shared points stays right.
 */
export function createPointCounter(limit = mostPoints) {
  const groups: (Group | undefined)[] = [];
  return {
    look: ({
      kind,
      source,
      position,
      cell,
    }: Pick<EventDraft, "kind" | "source" | "position" | "cell">) => {
      const rank = eventKinds.indexOf(kind) * eventSources.length + eventSources.indexOf(source);
      let group = groups[rank];
      if (!group) {
        group = {
          kind,
          source,
          events: 0,
          divisor: 1,
          points: createPairCounts(),
          cells: new Map<H3Cell, { rows: number }>(),
        };
        groups[rank] = group;
      }
      group.events += 1;
      const inCell = group.cells.get(cell);
      if (inCell) inCell.rows += 1;
      else group.cells.set(cell, { rows: 1 });
      addPoint(group, position, limit);
    },
    counts: () => groups.filter((group) => group !== undefined).map((group) => countsOf(group)),
  };
}

interface Group {
  readonly kind: EventKind;
  readonly source: EventSource;
  events: number;
  /** Keeps points whose hash it divides; a power of two. */
  divisor: number;
  readonly points: PairCounts;
  readonly cells: Map<H3Cell, { rows: number }>;
}

/** 52 mixed bits of a point at six decimals: it cannot be recovered from them. */
function addPoint(group: Group, [lng, lat]: Position, limit: number): void {
  const x = Math.round((lng + 180) * 1e6);
  const y = Math.round((lat + 90) * 1e6);
  const high = mix(Math.imul(x, 0x9e3779b1) ^ mix(y));
  const low = mix(Math.imul(y, 0x85ebca6b) ^ mix(x ^ 0x5bd1e995)) & lowBits;
  const { points } = group;
  if (!isHeld(high, low, group.divisor)) return;
  points.add(high, low);
  while (points.size() > limit) {
    group.divisor *= 2;
    points.keep((first, second) => isHeld(first, second, group.divisor));
  }
}

const lowBits = 2 ** 20 - 1;

function isHeld(high: number, low: number, divisor: number): boolean {
  return (high * (lowBits + 1) + low) % divisor === 0;
}

function countsOf({ kind, source, events, divisor, points, cells }: Group): PointCounts {
  let [held, shared] = [0, 0];
  for (const rows of points.counts()) {
    held += rows;
    if (rows > 1) shared += rows;
  }
  const share = held === 0 ? 0 : shared / held;
  const chance = sharedByChance(
    Array.from(cells.values(), ({ rows }) => rows),
    events,
  );
  const beyond = chance >= 1 ? 0 : Math.max(0, (share - chance) / (1 - chance));
  const repeated = Math.round(share * events);
  return {
    kind,
    source,
    events,
    points: Math.max(1, Math.min(events, points.size() * divisor)),
    repeated,
    snapped: Math.min(repeated, Math.round(beyond * events)),
  };
}

/** Expected share of rows with another on their point, at random among `placesInCell` points. */
export function sharedByChance(rowsOfCells: Iterable<number>, events: number): number {
  let expected = 0;
  for (const rows of rowsOfCells) expected += rows * (1 - (1 - 1 / placesInCell) ** (rows - 1));
  return events === 0 ? 0 : expected / events;
}

/** The finaliser of MurmurHash3. */
function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
