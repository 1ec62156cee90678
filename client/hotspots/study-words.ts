import { wholeCommand } from "#client/hotspots/view.ts";

/** What a test compares with, in the legend: a part of the command is tested by itself. */
export function withinWords(area: string): string {
  return area === wholeCommand
    ? "over the whole area"
    : "within this area alone: more than its other places";
}
