import type { WatchedReport } from "#core/displacement/watch/reports.ts";
import { type AlertLevel, watchSettings } from "#core/displacement/watch/settings.ts";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import { createPlane } from "#core/geo/plane.ts";
import { type Cluster, spaceTimeScan } from "#core/stats/scan.ts";
import { compareText } from "#core/text/text-order.ts";

export interface WatchedCluster {
  /** Cells with a report in it, the most first. */
  readonly cells: readonly { readonly cell: H3Cell; readonly reports: number }[];
  /** 1 to `days`. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly observed: number;
  /** Of those by residents; the others are by partners. */
  readonly residents: number;
  readonly expected: number;
  readonly p: number;
  readonly radiusMetres: number;
}

export interface LookInput {
  readonly reports: readonly WatchedReport[];
  readonly level: Pick<AlertLevel, "level" | "replicates">;
  readonly seed: number;
}

export interface LookResult {
  readonly answer: "too_few" | "nothing" | "found";
  /** At or below the level and of enough reports, the strongest first. */
  readonly clusters: readonly WatchedCluster[];
  /** Too common to raise an alert but rare enough to keep one open; null where there is none. */
  readonly holding: WatchedCluster | null;
  /** Of the strongest cluster, rare enough or not; null where there is none. */
  readonly strongestP: number | null;
}

/**
 * Prospective space-time permutation scan (core/stats/scan.ts) of one operation. The places of a
 * rare enough cluster are removed and the rest is scanned again (Zhang, Assuncao and Kulldorff
 * 2010), lest a strong cluster hide a second. Deterministic in input and seed.
 */
export function lookForClusters({ reports, level, seed }: LookInput): LookResult {
  if (reports.length < watchSettings.fewestReports) {
    return { answer: "too_few", clusters: [], holding: null, strongestP: null };
  }
  const clusters: WatchedCluster[] = [];
  let rest = reports;
  let strongestP: number | null = null;
  let holding: WatchedCluster | null = null;
  for (let round = 0; round < watchSettings.mostClusters; round += 1) {
    const found = strongest(rest, level.replicates, seed + round);
    if (found === null) break;
    const { cluster, members } = found;
    strongestP ??= cluster.p;
    const isWorthIt = cluster.observed >= watchSettings.fewestInCluster;
    if (cluster.p > level.level) {
      const isHeld = isWorthIt && cluster.p <= level.level * watchSettings.holdFactor;
      holding = isHeld ? cluster : null;
      break;
    }
    if (isWorthIt) clusters.push(cluster);
    rest = rest.filter(({ cell }) => !members.has(cell));
  }
  return { answer: clusters.length > 0 ? "found" : "nothing", clusters, holding, strongestP };
}

/** The most likely cluster with its circle's places; null for none, or too little left. */
function strongest(
  reports: readonly WatchedReport[],
  replicates: number,
  seed: number,
): { readonly cluster: WatchedCluster; readonly members: ReadonlySet<string> } | null {
  if (reports.length < watchSettings.fewestReports) return null;
  const found = scan(reports, replicates, seed);
  if (found === null || found.p === null) return null;
  return { cluster: clusterOf(reports, found, found.p), members: new Set(found.members) };
}

function scan(reports: readonly WatchedReport[], replicates: number, seed: number): Cluster | null {
  const cells = [...new Set(reports.map(({ cell }) => cell))].sort(compareText);
  const placeOf = new Map(cells.map((cell, place) => [cell, place]));
  const plane = createPlane(cellCentre(cells[0] as H3Cell));
  const points = cells.map((cell) => plane.toPlane(cellCentre(cell)));
  return spaceTimeScan(
    {
      places: cells,
      x: points.map(([x]) => x),
      y: points.map(([, y]) => y),
      place: reports.map(({ cell }) => placeOf.get(cell) as number),
      day: reports.map(({ day }) => day),
    },
    {
      days: watchSettings.days,
      maxRadius: watchSettings.radiusMetres,
      maxDays: watchSettings.longestDays,
      prospective: true,
      replicates,
      seed,
    },
  );
}

function clusterOf(
  reports: readonly WatchedReport[],
  { members, firstDay, lastDay, observed, expected, radius }: Cluster,
  p: number,
): WatchedCluster {
  const isMember = new Set(members);
  const inside = reports.filter(
    ({ cell, day }) => isMember.has(cell) && day >= firstDay && day <= lastDay,
  );
  const counts = new Map<H3Cell, number>();
  for (const { cell } of inside) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return {
    cells: [...counts]
      .map(([cell, count]) => ({ cell, reports: count }))
      .sort((a, b) => b.reports - a.reports || compareText(a.cell, b.cell)),
    firstDay,
    lastDay,
    observed,
    residents: inside.filter(({ isResident }) => isResident).length,
    expected,
    p,
    radiusMetres: radius,
  };
}
