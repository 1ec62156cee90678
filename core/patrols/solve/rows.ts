import type { H3Cell } from "#core/geo/cell.ts";
import { groupBy } from "#core/group-by.ts";
import type { Credit } from "#core/patrols/candidates/credit.ts";
import type { PlanOption } from "#core/patrols/candidates/option.ts";
import { areApart, type DoseLedger, localDay, weekOf } from "#core/patrols/ground/dose.ts";
import type { PatrolSettings } from "#core/patrols/ground/settings.ts";
import type { Visit } from "#core/patrols/ground/window.ts";
import { type Row, withoutImplied } from "#core/patrols/solve/packing.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

interface RowContext {
  readonly zone: Zone;
  readonly credit: Credit;
  readonly dose: DoseLedger;
  readonly settings: PatrolSettings;
  readonly most?: ReadonlyMap<H3Cell, number> | undefined;
}

/** All conflicts between options; limits of single options were settled before. */
export function planRows(options: readonly PlanOption[], context: RowContext): Row[] {
  const byZone = groupBy(options.keys(), (index) => options[index]?.candidate.zone);
  const ofZones = [...byZone.values()].flatMap((members) => [
    ...zoneRows(members, options, context),
    ...mostRows(members, options, context.most),
  ]);
  return [...unitRows(options, context.settings), ...withoutEmpty(ofZones)];
}

/**
 * Units: whenever a window starts, at most a crew's number are out or at rest. Travel between
 * places would need too many rows; the solver adds those that matter (crew-plan.ts).
 */
function unitRows(options: readonly PlanOption[], settings: PatrolSettings): Row[] {
  const rest = settings.restMinutes * minuteMs;
  const rows: Row[] = [];
  for (const [crew, members] of groupBy(options.keys(), (index) => options[index]?.crew)) {
    const times = members.map((index) => {
      const { start = 0, end = 0 } = options[index]?.candidate ?? {};
      return { index, from: start, to: end + rest };
    });
    const moments = [...new Set(times.map(({ from }) => from))].sort((a, b) => a - b);
    const own = moments.map((at) => ({
      limit: crew.units.length,
      members: times.filter(({ from, to }) => from <= at && at < to).map(({ index }) => index),
    }));
    rows.push(...withoutCovered(own));
  }
  return withoutEmpty(rows);
}

/** Drops a row whose members all lie in the next or previous moment's row. */
function withoutCovered(rows: readonly Row[]): Row[] {
  const sets = rows.map(({ members }) => new Set(members));
  const lies = (row: Row | undefined, at: number) =>
    row?.members.every((member) => sets[at]?.has(member)) ?? false;
  return rows.filter((row, at) => {
    const isInNext = at + 1 < rows.length && lies(row, at + 1);
    const isInLast = at > 0 && lies(row, at - 1) && !lies(rows[at - 1], at);
    return !isInNext && !isInLast;
  });
}

/** Cells belong to one zone, so revisit gaps and caps apply zone by zone. */
function zoneRows(
  members: readonly number[],
  options: readonly PlanOption[],
  context: RowContext,
): Row[] {
  return [
    ...revisitRows(members, options, context.settings),
    ...capRows(members, options, context, "day"),
    ...capRows(members, options, context, "week"),
    ...repeatRows(members, options, context),
  ];
}

function revisitRows(
  members: readonly number[],
  options: readonly PlanOption[],
  settings: PatrolSettings,
): Row[] {
  const ordered = [...members].sort((a, b) => startOf(options, a) - startOf(options, b) || a - b);
  const stops = ordered.map((index) => options[index]?.candidate.stops ?? []);
  const farthest = (2 * settings.longestMinutes + settings.revisitMinutes) * minuteMs;
  return coverByCliques({
    count: ordered.length,
    conflict: (a, b) => collide(stops[a] ?? [], stops[b] ?? [], settings),
    mayConflict: (a, b) =>
      startOf(options, ordered[b] ?? 0) - startOf(options, ordered[a] ?? 0) < farthest,
  }).map((clique) => ({
    limit: 1,
    members: clique.map((position) => ordered[position] ?? 0).sort((a, b) => a - b),
  }));
}

function collide(a: readonly Visit[], b: readonly Visit[], settings: PatrolSettings): boolean {
  return a.some((visit) =>
    b.some((other) => other.cell === visit.cell && !areApart(visit, other, settings)),
  );
}

/** Each further visit of a cell in one shift adds less: beyond the first it has its price. */
function repeatRows(
  members: readonly number[],
  options: readonly PlanOption[],
  { zone, credit, dose, settings }: RowContext,
): Row[] {
  const groups = new Map<
    string,
    { cell: H3Cell; from: number; to: number; of: number[]; visits: Visit[] }
  >();
  for (const index of members) {
    const candidate = options[index]?.candidate;
    if (!candidate) continue;
    const { start: from, end: to } = candidate.shift;
    for (const visit of candidate.stops) {
      const key = `${from} ${to} ${visit.cell}`;
      const group = groups.get(key) ?? { cell: visit.cell, from, to, of: [], visits: [] };
      group.of.push(index);
      group.visits.push(visit);
      groups.set(key, group);
    }
  }
  const rows: Row[] = [];
  for (const { cell, from, to, of, visits } of groups.values()) {
    const most = mostVisits(visits, settings);
    // Windows already agreed for that day come first.
    const used = dose.usedOn(cell, localDay(zone, from));
    const limit = used > 0 ? 0 : 1;
    if (most <= limit) continue;
    const lossOf = repeatLosses({ cell, from, to, used }, { credit, settings });
    const steps = Array.from({ length: most - limit }, (_, further) => lossOf(further));
    if (steps.some((step) => step > 0)) rows.push({ limit, members: of, steps });
  }
  return rows;
}

/** Losses by number of further visits to a cell in the shift [from, to), with `used` agreed. */
export function repeatLosses(
  {
    cell,
    from,
    to,
    used,
  }: { readonly cell: H3Cell; readonly from: number; readonly to: number; readonly used: number },
  { credit, settings }: Pick<RowContext, "credit" | "settings">,
): (further: number) => number {
  const mean =
    credit.expectedIn(cell, from, to) * ((settings.reachMinutes * minuteMs) / (to - from));
  const { repeatLoss } = settings;
  return (further) => {
    const loss = repeatLoss[Math.max(0, used - 1) + further] ?? repeatLoss.at(-1) ?? 0;
    return Math.round(loss * mean * 1e6) / 1e6;
  };
}

/** Caps per cell and London day or week, less what counts already. */
function capRows(
  members: readonly number[],
  options: readonly PlanOption[],
  { zone, dose, settings }: RowContext,
  span: "day" | "week",
): Row[] {
  const groups = new Map<string, { cell: H3Cell; label: number; visits: Visit[]; of: number[] }>();
  for (const index of members) {
    for (const visit of options[index]?.candidate.stops ?? []) {
      const day = localDay(zone, visit.arrive);
      const label = span === "day" ? day : weekOf(day);
      const key = `${label} ${visit.cell}`;
      const group = groups.get(key) ?? { cell: visit.cell, label, visits: [], of: [] };
      group.visits.push(visit);
      group.of.push(index);
      groups.set(key, group);
    }
  }
  const rows = new Map<number, Row[]>();
  for (const { cell, label, visits, of } of groups.values()) {
    const limit =
      span === "day"
        ? settings.visitsPerDay - dose.usedOn(cell, label)
        : settings.visitsPerWeek - dose.usedInWeek(cell, label);
    if (mostVisits(visits, settings) <= limit) continue;
    rows.set(label, [...(rows.get(label) ?? []), { limit, members: of }]);
  }
  return [...rows.values()].flatMap(withoutImplied);
}

/** Most visits that the revisit gap alone allows: always takes the next possible one. */
function mostVisits(visits: readonly Visit[], settings: PatrolSettings): number {
  let count = 0;
  let last: Visit | null = null;
  for (const visit of [...visits].sort((a, b) => a.depart - b.depart)) {
    if (last && !areApart(last, visit, settings)) continue;
    last = visit;
    count += 1;
  }
  return count;
}

/** No more visits to a cell over the whole plan than `most` says. */
function mostRows(
  of: readonly number[],
  options: readonly PlanOption[],
  most: RowContext["most"],
): Row[] {
  if (!most) return [];
  const visits = of.flatMap((index) =>
    (options[index]?.candidate.stops ?? []).map(({ cell }) => ({ cell, index })),
  );
  return [...groupBy(visits, ({ cell }) => cell)].map(([cell, own]) => ({
    limit: most.get(cell) ?? 0,
    members: own.map(({ index }) => index),
  }));
}

function withoutEmpty(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.members.length > row.limit);
}

function startOf(options: readonly PlanOption[], index: number): number {
  return options[index]?.candidate.start ?? 0;
}

interface Conflicts {
  readonly count: number;
  readonly conflict: (a: number, b: number) => boolean;
  /** For a < b: false ends the search for a's conflicts, so items must be ordered by nearness. */
  readonly mayConflict: (a: number, b: number) => boolean;
}

/**
 * Covers all pairwise conflicts by cliques, so that "at most one of each clique" replaces the pairs
 * with fewer and tighter rows.
 */
export function coverByCliques(conflicts: Conflicts): number[][] {
  const { count } = conflicts;
  const covered = new Set<number>();
  const cliques: number[][] = [];
  for (let first = 0; first < count; first += 1) {
    const others = conflictsAfter(first, conflicts);
    for (const seed of others) {
      if (covered.has(first * count + seed)) continue;
      const clique = grow([first, seed], others, conflicts);
      markPairs(clique, count, covered);
      cliques.push(clique);
    }
  }
  return cliques;
}

function conflictsAfter(first: number, { count, conflict, mayConflict }: Conflicts): number[] {
  const found: number[] = [];
  for (let other = first + 1; other < count && mayConflict(first, other); other += 1) {
    if (conflict(first, other)) found.push(other);
  }
  return found;
}

function grow(
  start: readonly number[],
  others: readonly number[],
  { conflict }: Conflicts,
): number[] {
  const clique = [...start];
  for (const other of others) {
    const joins = clique.every((member) => member !== other && conflict(member, other));
    if (joins) clique.push(other);
  }
  return clique.sort((a, b) => a - b);
}

function markPairs(clique: readonly number[], count: number, covered: Set<number>): void {
  clique.forEach((a, position) => {
    for (const b of clique.slice(position + 1)) covered.add(a * count + b);
  });
}
