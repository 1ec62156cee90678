import type { H3Cell } from "#core/geo/cell.ts";
import type { DemandEvent } from "#core/patrols/demand/demand-events.ts";
import type { Reports } from "#core/patrols/forecast/reports.ts";
import { aoristicWeights } from "#core/stats/aoristic.ts";
import { hourMs, type Zone } from "#core/time/zone.ts";

/** Reports that ask for a patrol, with the hours of the week that each may have happened in. */
export interface DemandReports extends Reports {
  /** Those of report `row` are `hour[from[row] .. from[row + 1])`; none where the hour is not known. */
  readonly from: Uint32Array;
  readonly hour: Uint8Array;
  /** Sum to 1 over a report. */
  readonly share: Float64Array;
}

/** Spans longer than this tell nothing about the hour (DEFINITIONS, Events). */
const longestKnownHourMs = 24 * hourMs;

export function demandReports(
  events: readonly DemandEvent[],
  zone: Zone,
  indexOf: ReadonlyMap<H3Cell, number>,
): DemandReports {
  const from = new Uint32Array(events.length + 1);
  const hour: number[] = [];
  const share: number[] = [];
  events.forEach(({ start, end }, row) => {
    if (end - start <= longestKnownHourMs) {
      for (const [bin, part] of aoristicWeights(zone, start, end)) {
        hour.push(bin);
        share.push(part);
      }
    }
    from[row + 1] = hour.length;
  });
  return {
    cell: Uint32Array.from(events, ({ cell }) => indexOf.get(cell) ?? 0),
    middle: Float64Array.from(events, ({ start, end }) => (start + end) / 2),
    known: Float64Array.from(events, ({ end }) => end),
    weight: Float64Array.from(events, ({ weight }) => weight),
    from,
    hour: Uint8Array.from(hour),
    share: Float64Array.from(share),
  };
}

/** Whether anything is known of the hour of a report. */
export function isTimed({ from }: DemandReports, row: number): boolean {
  return (from[row + 1] as number) > (from[row] as number);
}
