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

/** Windows that fit on A4 with their maps at a readable size. */
const mostWindows = 8;

/** One page a shift; a shift with very many windows goes on over further pages. */
export function pagesOf(briefing: Pick<BriefingReply, "sheets">): readonly BriefingPage[] {
  return briefing.sheets.flatMap((sheet) => {
    const windows = [...sheet.windows].sort((a, b) => a.unit - b.unit);
    const count = Math.max(1, Math.ceil(windows.length / mostWindows));
    const size = Math.ceil(windows.length / count);
    return Array.from({ length: count }, (_, index) => ({
      key: `${sheet.start}-${index}`,
      sheet,
      windows: windows.slice(index * size, (index + 1) * size),
      part: count === 1 ? "" : `page ${index + 1} of ${count}`,
    }));
  });
}
