import type { PanelArea } from "#core/places/wire/places.ts";
import type { PanelReply } from "#core/releases/wire/release.ts";

export type PanelLevel = "borough" | "part";

export interface PanelFigure {
  readonly area: PanelArea;
  /** Null: withheld. */
  readonly count: number | null;
}

/** Wards or neighbourhoods are parts of a borough; `rest` is what wards leave over. */
export function isOfLevel({ kind }: PanelArea, level: PanelLevel): boolean {
  return level === "borough" ? kind === "borough" : kind !== "borough" && kind !== "command";
}

/** The command's word for wards if all parts are wards, else "Neighbourhoods". */
export function partsName(reply: PanelReply, wards: string): string {
  const parts = reply.areas.filter((area) => isOfLevel(area, "part"));
  const hasWard = parts.some(({ kind }) => kind === "ward");
  const hasOther = parts.some(({ kind }) => kind === "neighbourhood");
  if (hasWard && hasOther) return `${wards} and neighbourhoods`;
  return hasWard ? wards : "Neighbourhoods";
}

/** One month of a level; most complaints first, withheld ones last, then by name. */
export function figuresOf(
  reply: PanelReply,
  month: string,
  level: PanelLevel,
): readonly PanelFigure[] {
  const counts = countsOf(reply, month);
  return reply.areas
    .filter((area) => isOfLevel(area, level))
    .map((area) => ({ area, count: counts.get(area.id) ?? null }))
    .sort(
      (a, b) => (b.count ?? -1) - (a.count ?? -1) || a.area.name.localeCompare(b.area.name, "en"),
    );
}

export function commandFigure(reply: PanelReply, month: string): PanelFigure | null {
  const area = reply.areas.find(({ kind }) => kind === "command");
  return area ? figureOf(reply, area, month) : null;
}

/**
 * `shown`: a figure. `withheld`: fewer than the threshold, none included, or hidden to protect
 * another. `before`: there is no figure yet, of any area or measure, so that records may not reach back so far.
 */
export type MonthState = "shown" | "withheld" | "before";

export interface MonthFigure {
  readonly month: string;
  readonly count: number | null;
  readonly state: MonthState;
}

/** One area over the months, from published figures only. */
export function monthsOf(
  { months, values }: Pick<PanelReply, "months" | "values">,
  areaId: string,
  measure: PanelReply["values"][number]["measure"] = "resident_complaints",
): readonly MonthFigure[] {
  const byMonth = new Map(
    values
      .filter((value) => value.area === areaId && value.measure === measure)
      .map(({ month, count }) => [month, count]),
  );
  const first = months.find((month) =>
    values.some((value) => value.month === month && value.count !== null),
  );
  return months.map((month) => {
    const count = byMonth.get(month) ?? null;
    if (count !== null) return { month, count, state: "shown" };
    const isBefore = first === undefined || month < first;
    return { month, count, state: isBefore ? "before" : "withheld" };
  });
}

/** The area of that address, else the whole command. */
export function areaOf(reply: PanelReply, areaId: string | undefined): PanelArea | undefined {
  return reply.areas.find(({ id }) => id === areaId) ?? reply.areas[0];
}

export function figureOf(reply: PanelReply, area: PanelArea, month: string): PanelFigure {
  return { area, count: countsOf(reply, month).get(area.id) ?? null };
}

function countsOf(reply: PanelReply, month: string): ReadonlyMap<string, number | null> {
  return new Map(
    reply.values
      .filter((value) => value.measure === "resident_complaints" && value.month === month)
      .map(({ area, count }) => [area, count]),
  );
}

/** By residents, whole command; undefined where a release has no such figure. */
export function sightingsOf({ values }: PanelReply, month: string): number | null | undefined {
  return values.find((value) => value.measure === "sightings" && value.month === month)?.count;
}

/** Lowest counts of classes 1 to 5, the same in all months so that they compare. */
const classStarts: Readonly<Record<PanelLevel, readonly number[]>> = {
  borough: [10, 25, 50, 75, 100],
  part: [10, 15, 25, 40, 60],
};

/** 1..5, or 0 for a withheld figure. */
export function classOf(count: number | null, level: PanelLevel): number {
  if (count === null) return 0;
  return classStarts[level].filter((start) => count >= start).length;
}

/** First and last figure of each class, in multiples of the base. Null: no upper end. */
export function classesOf(
  level: PanelLevel,
  base: number,
): readonly (readonly [from: number, to: number | null])[] {
  const starts = classStarts[level];
  return starts.map((start, index) => {
    const next = starts[index + 1];
    return [start, next === undefined ? null : next - base] as const;
  });
}
