import type { BriefingReply } from "#core/wire/plan.ts";

export type Sheet = BriefingReply["sheets"][number];
export type SheetWindow = Sheet["windows"][number];

/** One printed page. */
export interface BriefingPage {
  readonly key: string;
  readonly sheet: Sheet;
  readonly windows: readonly SheetWindow[];
  /** "page 1 of 2", or empty where the shift fits on one. */
  readonly part: string;
}

/** Windows that fit on A4 with readable maps and how each of up to seven stops is found. */
export const mostWindows = 2;

/** One page a shift; where that is too much, a unit does not share its page with another. */
export function pagesOf(briefing: Pick<BriefingReply, "sheets">): readonly BriefingPage[] {
  return briefing.sheets.flatMap((sheet) => {
    const groups =
      sheet.windows.length <= mostWindows ? [sheet.windows] : byUnit(sheet.windows).flatMap(split);
    return groups.map((windows, index) => ({
      key: `${sheet.start}-${index}`,
      sheet,
      windows: [...windows].sort((a, b) => a.unit - b.unit),
      part: groups.length === 1 ? "" : `page ${index + 1} of ${groups.length}`,
    }));
  });
}

function byUnit(windows: readonly SheetWindow[]): readonly (readonly SheetWindow[])[] {
  const units = [...new Set(windows.map(({ unit }) => unit))].sort((a, b) => a - b);
  return units.map((unit) => windows.filter((window) => window.unit === unit));
}

function split(windows: readonly SheetWindow[]): readonly (readonly SheetWindow[])[] {
  const pages = Math.ceil(windows.length / mostWindows);
  const size = Math.ceil(windows.length / pages);
  return Array.from({ length: pages }, (_, page) => windows.slice(page * size, (page + 1) * size));
}
