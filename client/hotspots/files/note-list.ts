import { ask } from "#client/api/ask.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { type ListFormat, printCalls } from "#core/accounts/wire/prints.ts";

export type ListFile = Exclude<ListFormat, "png">;

/** Logs that the list or its map is leaving. */
export function noteList(
  { from, to }: HotspotsView,
  rows: readonly unknown[],
  format: ListFormat,
): Promise<unknown> {
  const body = { list: "hotspots", format, from, to, rows: rows.length } as const;
  return ask(printCalls.exportList, { body });
}
