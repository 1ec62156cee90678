import { type H3Cell, parentCell, zoneResolution } from "#core/geo/cell.ts";
import type { FactorIndex } from "#core/places/layers/near.ts";
import type { FactorKind } from "#core/places/wire/layers.ts";
import type { EventColumns } from "#core/records/columns.ts";
import { eventCategories, eventSources, isPatrolDemand, isReported } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { compareText } from "#core/text/text-order.ts";

export interface BesideZone {
  readonly zone: H3Cell;
  /** Its cell with most of these reports, which names the place. */
  readonly cell: H3Cell;
  readonly reports: number;
}

export interface ChangeZone extends BesideZone {
  /** Factors in or near reported cells, by kind; never empty. */
  readonly factors: readonly { readonly kind: FactorKind; readonly near: number }[];
}

/** Fewer reports say nothing about a place. */
const leastReports = 5;
/** As many as a meeting can discuss. */
const mostZones = 8;

/**
 * Where residents and partners reported street sex work: these reports send no patrol (SAFEGUARDS
 * 9), and a place with several calls for outreach to lead. Most first.
 */
export function partnerLedZones(columns: EventColumns): BesideZone[] {
  return busiest(
    columns,
    (kind, source, category) =>
      isReported({ source }) &&
      category === "street_sex_work" &&
      !isPatrolDemand({ kind, source, category }),
  ).slice(0, mostZones);
}

export function changePlaceZones(columns: EventColumns, factors: FactorIndex): ChangeZone[] {
  if (factors.kinds.length === 0) return [];
  const zones = busiest(columns, (kind, source, category) =>
    isPatrolDemand({ kind, source, category }),
  );
  return zones
    .flatMap(({ cells, ...zone }) => {
      const near = new Map<FactorKind, number>();
      for (const cell of cells) {
        for (const { kind } of factors.near(cell)) near.set(kind, (near.get(kind) ?? 0) + 1);
      }
      const found = factors.kinds.flatMap((kind) => {
        const count = near.get(kind) ?? 0;
        return count > 0 ? [{ kind, near: count }] : [];
      });
      return found.length > 0 ? [{ ...zone, factors: found }] : [];
    })
    .slice(0, mostZones);
}

type Asks = (
  kind: (typeof eventKinds)[number],
  source: (typeof eventSources)[number],
  category: (typeof eventCategories)[number],
) => boolean;

function busiest(
  columns: EventColumns,
  asks: Asks,
): (BesideZone & { readonly cells: readonly H3Cell[] })[] {
  const counts = new Map<H3Cell, Map<H3Cell, number>>();
  for (let row = 0; row < columns.length; row += 1) {
    const kind = eventKinds[columns.kind[row] ?? -1];
    const source = eventSources[columns.source[row] ?? -1];
    const category = eventCategories[columns.category[row] ?? -1];
    const cell = columns.cells[columns.cell[row] ?? -1];
    if (!kind || !source || !category || !cell || !asks(kind, source, category)) continue;
    const zone = parentCell(cell, zoneResolution);
    const cells = counts.get(zone) ?? new Map<H3Cell, number>();
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
    counts.set(zone, cells);
  }
  return [...counts]
    .map(([zone, cells]) => {
      const ordered = [...cells].sort(([a, m], [b, n]) => n - m || compareText(a, b));
      return {
        zone,
        cell: ordered[0]?.[0] ?? zone,
        reports: ordered.reduce((all, [, count]) => all + count, 0),
        cells: ordered.map(([cell]) => cell),
      };
    })
    .filter(({ reports }) => reports >= leastReports)
    .sort((a, b) => b.reports - a.reports || compareText(a.zone, b.zone));
}
