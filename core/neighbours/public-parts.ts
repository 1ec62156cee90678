import type { H3Cell } from "#core/geo/cell.ts";
import type { Quarter } from "#core/neighbours/quarter.ts";
import { compareText } from "#core/text/text-order.ts";

/** Reports by residents, as finely as public and edge figures can separate them. */
export interface ReportCount {
  readonly quarter: Quarter;
  readonly kind: string;
  readonly cell: H3Cell;
  /** As recorded with the report. */
  readonly ward: string | null;
  readonly count: number;
}

/** The smallest public area that a complaint belongs to (core/places/public-areas.ts). */
export type AreaOf = (cell: H3Cell, ward: string | null) => string | undefined;

/** An area with a smaller share of cells beyond all edge zones counts as inside them. */
const leastBeyond = 0.1;

/**
 * Smallest public areas that lie in edge zones wholly or but for a few cells: wards along the line.
 * `zones` are the command's sides of all neighbour lines, as two liaisons may pool their figures.
 */
export function areasWithin(
  cells: readonly H3Cell[],
  zones: readonly (readonly H3Cell[])[],
  areaOf: AreaOf,
): string[] {
  const inZone = new Set(zones.flat());
  const areas = new Map<string, { all: number; beyond: number }>();
  for (const cell of cells) {
    const area = areaOf(cell, null);
    if (area === undefined) continue;
    const found = areas.get(area) ?? { all: 0, beyond: 0 };
    found.all += 1;
    if (!inZone.has(cell)) found.beyond += 1;
    areas.set(area, found);
  }
  return [...areas]
    .filter(([, { all, beyond }]) => beyond < all * leastBeyond)
    .map(([area]) => area)
    .sort(compareText);
}

/**
 * Reports of an edge zone by quarter, without complaints of public areas that lie in it as a whole: of
 * these the public figures tell by month already, and one figure beside the other would narrow what a
 * month withholds (SAFEGUARDS 7).
 *
 * Why nothing can be read from both tables: whatever the public one says and whatever figure stands here,
 * both fit together for every count that the public one leaves open. For complaints that are counted here
 * belong to areas with ground beyond the zones, where all of them may lie, and then the figure here is of
 * sightings, of which the public one says nothing by area. So neither sum bounds the other, from above or
 * below (tests/property/releases/edge-and-panel.prop.test.ts).
 */
export function countBesidePanel(
  reports: readonly ReportCount[],
  areaOf: AreaOf,
  within: readonly string[],
): Map<Quarter, number> {
  const leftOut = new Set(within);
  const counts = new Map<Quarter, number>();
  for (const { quarter, kind, cell, ward, count } of reports) {
    const area = kind === "complaint" ? areaOf(cell, ward) : undefined;
    if (area !== undefined && leftOut.has(area)) continue;
    counts.set(quarter, (counts.get(quarter) ?? 0) + count);
  }
  return counts;
}

/** For readers of the figures; null where nothing is left out. */
export function leftOutWords(names: readonly string[]): string | null {
  if (names.length === 0) return null;
  const [areas, lie] = names.length === 1 ? ["area", "lies"] : ["areas", "lie"];
  return `Complaints in the public ${areas} ${names.join(", ")} are not in these figures: ${names.length === 1 ? "it" : "they"} ${lie} entirely in the zone, and the public panel shows ${names.length === 1 ? "it" : "them"} by month.`;
}
