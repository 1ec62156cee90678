import type { H3Cell } from "#core/geo/cell.ts";
import { coverByCliques } from "#core/patrol/clique.ts";
import { agreedAt, type Crew } from "#core/patrol/crew.ts";
import { areApart, type DoseLedger, localDay, weekOf } from "#core/patrol/dose.ts";
import type { PlanOption } from "#core/patrol/option.ts";
import { type Row, withoutImplied } from "#core/patrol/packing.ts";
import type { PatrolSettings } from "#core/patrol/settings.ts";
import type { Visit } from "#core/patrol/window.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

interface RowContext {
  readonly zone: Zone;
  readonly dose: DoseLedger;
  readonly settings: PatrolSettings;
}

/** Everything that options forbid each other; what an option may do by itself was settled before. */
export function planRows(options: readonly PlanOption[], context: RowContext): Row[] {
  return [
    ...unitRows(options),
    ...byZone(options, (members) => zoneRows(members, options, context)),
  ];
}

/** Units: at each moment at which a block starts, no more are out than there are. */
function unitRows(options: readonly PlanOption[]): Row[] {
  const rows: Row[] = [];
  for (const [crew, members] of grouped(options, (option) => option.crew)) {
    const pooled = members.filter((index) => options[index]?.unit === null);
    rows.push(...busiestMoments(pooled, options, () => crew.pool.length));
    for (const unit of crew.busy.keys()) {
      const own = members.filter((index) => options[index]?.unit === unit);
      rows.push(...busiestMoments(own, options, () => 1));
    }
    if (crew.busy.size + crew.pool.length > crew.units) {
      rows.push(...busiestMoments(members, options, (at) => crew.units - agreedAt(crew, at), crew));
    }
  }
  return withoutEmpty(rows);
}

/** One row for each moment at which something starts: all options whose block holds that moment. */
function busiestMoments(
  members: readonly number[],
  options: readonly PlanOption[],
  limitAt: (at: number) => number,
  crew?: Crew,
): Row[] {
  const moments = new Set(members.map((index) => options[index]?.candidate.blockStart ?? 0));
  for (const intervals of crew?.busy.values() ?? []) {
    for (const { from } of intervals) moments.add(from);
  }
  return [...moments]
    .sort((a, b) => a - b)
    .map((at) => ({
      limit: Math.max(0, limitAt(at)),
      members: members.filter((index) => {
        const candidate = options[index]?.candidate;
        return candidate && candidate.blockStart <= at && at < candidate.blockEnd;
      }),
    }));
}

/** Cells belong to one zone, so revisit gaps and caps are a matter of each zone by itself. */
function zoneRows(
  members: readonly number[],
  options: readonly PlanOption[],
  context: RowContext,
): Row[] {
  return [
    ...revisitRows(members, options, context.settings),
    ...capRows(members, options, context, "day"),
    ...capRows(members, options, context, "week"),
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

/** How many of these visits the revisit gap alone allows: always taking the next that may come. */
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

function byZone(
  options: readonly PlanOption[],
  rowsOf: (members: readonly number[]) => readonly Row[],
): Row[] {
  const rows: Row[] = [];
  for (const members of grouped(options, (option) => option.candidate.zone).values()) {
    rows.push(...rowsOf(members));
  }
  return withoutEmpty(rows);
}

function grouped<Key>(
  options: readonly PlanOption[],
  keyOf: (option: PlanOption) => Key,
): Map<Key, number[]> {
  const groups = new Map<Key, number[]>();
  options.forEach((option, index) => {
    const key = keyOf(option);
    const members = groups.get(key);
    if (members) members.push(index);
    else groups.set(key, [index]);
  });
  return groups;
}

/** A row whose members could all be chosen says nothing. */
function withoutEmpty(rows: readonly Row[]): Row[] {
  return rows.filter((row) => row.members.length > row.limit);
}

function startOf(options: readonly PlanOption[], index: number): number {
  return options[index]?.candidate.start ?? 0;
}
