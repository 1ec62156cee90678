import type { BriefingReply } from "#core/patrols/wire/board.ts";

export interface SheetLayout {
  readonly name: "alone" | "two";
  /** Of each map, in tenths of a millimetre. */
  readonly map: MapSize;
}

export interface MapSize {
  readonly width: number;
  readonly height: number;
}

export function layoutOf(windows: readonly unknown[]): SheetLayout {
  if (windows.length <= 1) return { name: "alone", map: { width: 1900, height: 1250 } };
  return { name: "two", map: { width: 960, height: 840 } };
}

const mostOnPage = 2;

export type Sheet = BriefingReply["sheets"][number];

export type SheetWindow = Sheet["windows"][number];

export interface BriefingPage {
  readonly key: string;
  readonly sheet: Sheet;
  readonly windows: readonly SheetWindow[];
  /** "page 1 of 2", or empty where the unit fits on one. */
  readonly part: string;
}

/** One paper a unit, to hand over; two windows a page. */
export function pagesOf(briefing: Pick<BriefingReply, "sheets">): readonly BriefingPage[] {
  return briefing.sheets.flatMap((sheet) =>
    byUnit(sheet.windows).flatMap((own) =>
      split(own).map((windows, index, pages) => ({
        key: `${sheet.start}-${own[0]?.unit}-${index}`,
        sheet,
        windows,
        part: pages.length === 1 ? "" : `page ${index + 1} of ${pages.length}`,
      })),
    ),
  );
}

type Group = readonly SheetWindow[];

function byUnit(windows: Group): readonly Group[] {
  const units = [...new Set(windows.map(({ unit }) => unit))].sort((a, b) => a - b);
  return units.map((unit) => windows.filter((window) => window.unit === unit));
}

function split(windows: Group): readonly Group[] {
  const pages = Math.ceil(windows.length / mostOnPage);
  return Array.from({ length: pages }, (_, page) =>
    windows.slice(page * mostOnPage, (page + 1) * mostOnPage),
  );
}
