import { isPatrolDemand } from "#core/model/event.ts";
import type { ShownRecords } from "#core/quality/warnings.ts";
import { addDays } from "#core/time/zone.ts";

/** What a plan learns most from: its weight halves in less than this (core/demand). */
const learntDays = 56;

/** The records that a plan as at a date stands on: reported complaints, and reported kerb crawling. */
export function demandRecords(asAt: string): ShownRecords {
  return {
    from: addDays(asAt, -learntDays),
    to: asAt,
    shows: (kind, source) => isPatrolDemand({ kind, source, category: "kerb_crawling" }),
  };
}
