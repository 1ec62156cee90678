/** The three heights of a sheet, lowest first. */
export const sheetHeights = ["peek", "half", "full"] as const;
export type SheetHeight = (typeof sheetHeights)[number];

/** One step up (+1) or down (-1), staying within the three. */
export function stepHeight(height: SheetHeight, step: number): SheetHeight {
  const index = sheetHeights.indexOf(height) + step;
  return sheetHeights[Math.max(0, Math.min(sheetHeights.length - 1, index))] ?? height;
}

/** Where a drag ends: the height whose share of the screen lies nearest. */
export function nearestHeight(shareOfScreen: number): SheetHeight {
  if (shareOfScreen < 0.25) return "peek";
  return shareOfScreen < 0.68 ? "half" : "full";
}
