import { mostOnPage } from "#client/patrols/briefing/briefing-layout.ts";
import type { BriefingReply } from "#core/patrols/wire/plan.ts";

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

/** One page a shift; where that is too much, a unit is not torn over two pages unless it has too many alone. */
export function pagesOf(briefing: Pick<BriefingReply, "sheets">): readonly BriefingPage[] {
  return briefing.sheets.flatMap((sheet) => {
    const most = mostOnPage(sheet.windows);
    const groups = packed(
      byUnit(sheet.windows).flatMap((windows) => split(windows, most)),
      most,
    );
    return groups.map((windows, index) => ({
      key: `${sheet.start}-${index}`,
      sheet,
      windows,
      part: groups.length === 1 ? "" : `page ${index + 1} of ${groups.length}`,
    }));
  });
}

type Group = readonly SheetWindow[];

function byUnit(windows: Group): readonly Group[] {
  const units = [...new Set(windows.map(({ unit }) => unit))].sort((a, b) => a - b);
  return units.map((unit) => windows.filter((window) => window.unit === unit));
}

function split(windows: Group, most: number): readonly Group[] {
  const pages = Math.ceil(windows.length / most);
  const size = Math.ceil(windows.length / pages);
  return Array.from({ length: pages }, (_, page) => windows.slice(page * size, (page + 1) * size));
}

/** Unit after unit onto a page until one does not fit. */
function packed(groups: readonly Group[], most: number): readonly Group[] {
  const pages: Group[] = [];
  for (const group of groups) {
    const last = pages.at(-1);
    if (last && last.length + group.length <= most) pages[pages.length - 1] = [...last, ...group];
    else pages.push(group);
  }
  return pages;
}
