import type { Aside } from "#client/hotspots/use-aside.ts";
import { describeChange } from "#core/hotspots/change.ts";
import { describeEffort } from "#core/hotspots/effort.ts";
import { describeEmerging } from "#core/hotspots/emerging.ts";
import { describeSurface } from "#core/hotspots/surface.ts";

/** The exact statement of what a measure stands on: baseline or steps, test and correction; null where counts are all. */
export function measureStatement(aside: Aside | null | undefined): string | null {
  switch (aside?.measure) {
    case "change":
      return describeChange(aside.range.from, aside.range.to, aside.lengths);
    case "emerging":
      return describeEmerging(aside.steps);
    case "effort":
      return describeEffort();
    case "surface":
      return describeSurface();
    case "none":
    case undefined:
      return null;
  }
}
