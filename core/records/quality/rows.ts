import { groupBy } from "#core/group-by.ts";
import type { QualityGroup } from "#core/records/wire/quality.ts";
import { compareText } from "#core/text/text-order.ts";
import { dayMs, formatInstant, parseLocalDate, type Zone } from "#core/time/zone.ts";

export type QualityRow = Omit<
  QualityGroup,
  "events" | "longestSilence" | "lastImport" | "months" | "points" | "files"
> & {
  readonly batch: number;
  readonly month: string;
  readonly count: number;
};

interface QualityInput {
  readonly rows: readonly QualityRow[];
  readonly batches: readonly {
    readonly id: number;
    /** Epoch milliseconds. */
    readonly importedAt: number;
    readonly rows: number;
    readonly outside: number | null;
  }[];
  /** Longest time between two days with an event, in days. */
  readonly gaps: readonly (Pick<QualityGroup, "kind" | "source"> & { readonly days: number })[];
  readonly points: readonly (Pick<QualityGroup, "kind" | "source"> &
    NonNullable<QualityGroup["points"]> & { readonly batch: number })[];
}

/** By kind and source, in order of first appearance. */
export function qualityGroups(input: QualityInput, zone: Zone): QualityGroup[] {
  const byGroup = groupBy(input.rows, ({ kind, source }) => `${kind} ${source}`);
  return [...byGroup.values()].map((rows) => groupOf(rows, input, zone));
}

function groupOf(rows: readonly QualityRow[], input: QualityInput, zone: Zone): QualityGroup {
  const { kind, source } = rows[0] as QualityRow;
  const ids = new Set(rows.map(({ batch }) => batch));
  const batches = input.batches.filter(({ id }) => ids.has(id));
  const points = input.points.filter(
    (each) => ids.has(each.batch) && each.kind === kind && each.source === source,
  );
  const sum = <Row>(of: readonly Row[], read: (row: Row) => number) =>
    of.reduce((total, row) => total + read(row), 0);
  const counted = batches.filter(({ outside }) => outside !== null);
  const dates = rows.flatMap(({ first, last }) => [first, last]).sort(compareText);
  return {
    kind,
    source,
    events: sum(rows, (row) => row.count),
    first: dates[0] ?? "",
    last: dates.at(-1) ?? "",
    longestSilence: longestSilence(rows, batches, {
      gap: input.gaps.find((each) => each.kind === kind && each.source === source)?.days ?? 0,
      zone,
    }),
    lastImport: formatInstant(zone, Math.max(...batches.map(({ importedAt }) => importedAt))),
    months: denseMonths(rows),
    exact: sum(rows, (row) => row.exact),
    midnight: sum(rows, (row) => row.midnight),
    fullHour: sum(rows, (row) => row.fullHour),
    overSixHours: sum(rows, (row) => row.overSixHours),
    overDay: sum(rows, (row) => row.overDay),
    overMonth: sum(rows, (row) => row.overMonth),
    points:
      points.length === 0
        ? null
        : {
            events: sum(points, (each) => each.events),
            points: sum(points, (each) => each.points),
            repeated: sum(points, (each) => each.repeated),
            snapped: sum(points, (each) => each.snapped),
          },
    files:
      counted.length === 0
        ? null
        : {
            rows: sum(counted, (batch) => batch.rows),
            outside: sum(counted, (batch) => batch.outside ?? 0),
          },
  };
}

/**
 * Of a group's events, and of the time until an import brought newer ones. Of a first file with old records that time
 * says nothing, so a silence counts for at most two waits between imports and a gap between events.
 */
function longestSilence(
  rows: readonly QualityRow[],
  batches: QualityInput["batches"],
  { gap, zone }: { readonly gap: number; readonly zone: Zone },
): number {
  const lastOf = (batch: number) =>
    rows.reduce((last, row) => (row.batch === batch && row.last > last ? row.last : last), "");
  const imports = batches
    .map(({ id, importedAt }) => ({ last: lastOf(id), day: dayOf(zone.dateOf(importedAt)) }))
    .sort((a, b) => a.day - b.day);
  let longest = gap;
  let known = imports[0];
  for (const next of imports.slice(1)) {
    if (known === undefined || next.last <= known.last) continue;
    const silence = next.day - dayOf(known.last);
    longest = Math.max(longest, Math.min(silence, 2 * (next.day - known.day) + gap));
    known = next;
  }
  return longest;
}

const dayOf = (date: string) => Math.round(parseLocalDate(date) / dayMs);

function denseMonths(rows: readonly QualityRow[]): { month: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const { month, count } of rows) counts.set(month, (counts.get(month) ?? 0) + count);
  const known = [...counts.keys()].sort(compareText);
  const last = known.at(-1) ?? "";
  const months: { month: string; count: number }[] = [];
  for (let month = known[0] ?? ""; month !== "" && month <= last; month = nextMonth(month)) {
    months.push({ month, count: counts.get(month) ?? 0 });
  }
  return months;
}

/** `2022-01` of `2021-12`. */
export function nextMonth(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number === 12
    ? `${String(year + 1).padStart(4, "0")}-01`
    : `${month.slice(0, 4)}-${String(number + 1).padStart(2, "0")}`;
}
