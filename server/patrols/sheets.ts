import { momentText } from "#core/patrols/words.ts";
import type { Zone } from "#core/time/zone.ts";
import type { WindowRow } from "#server/patrols/queries/patrol-windows.ts";

/** The windows of one shift: what is printed together, and is void together. */
export interface IssuedSheet {
  readonly windows: readonly WindowRow[];
  /** Where its last window ends. */
  readonly voidAfter: number;
}

/** Windows by shift. Paper and calendar both go by these, so that they are void at one time. */
export function sheetsOf(windows: readonly WindowRow[]): readonly IssuedSheet[] {
  const shifts = new Map<string, WindowRow[]>();
  for (const window of windows) {
    const key = `${window.shiftStart} ${window.shiftEnd}`;
    const shift = shifts.get(key);
    if (shift) shift.push(window);
    else shifts.set(key, [window]);
  }
  return [...shifts.values()].map((shift) => ({
    windows: shift,
    voidAfter: Math.max(...shift.map((window) => window.end)),
  }));
}

/** "Void after Sun 5 Dec 21:45" */
export function voidText(zone: Zone, voidAfter: number): string {
  return `Void after ${momentText(zone, voidAfter)}`;
}
