import { demandDefaults } from "#core/patrols/demand/settings.ts";
import { isPatrolDemand } from "#core/records/event.ts";
import type { ShownRecords } from "#core/records/quality/warnings.ts";
import { addDays } from "#core/time/zone.ts";

/** What its sentences count, and what weighs most. */
const learntDays = demandDefaults.recentDays;

/** The records that a plan as at a date stands on: reported complaints, and reported kerb crawling. */
export function demandRecords(asAt: string): ShownRecords {
  return {
    from: addDays(asAt, -learntDays),
    to: asAt,
    shows: (kind, source) => isPatrolDemand({ kind, source, category: "kerb_crawling" }),
  };
}
