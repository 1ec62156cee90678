import type { H3Cell } from "#core/geo/cell.ts";
import { type EventKind, kinds } from "#core/records/kinds.ts";

export const eventSources = ["resident", "partner", "police"] as const;
export type EventSource = (typeof eventSources)[number];

/** The closed list; force codes are mapped onto it at import. */
export const eventCategories = [
  "kerb_crawling",
  "street_sex_work",
  "asb",
  "litter_needles",
  "traffic",
  "other",
] as const;
export type EventCategory = (typeof eventCategories)[number];

/** One event at a place and time; the exact point is not kept. */
export interface PoliceEvent {
  /** H3 index at resolution 10. */
  readonly cell: H3Cell;
  readonly kind: EventKind;
  readonly source: EventSource;
  readonly category: EventCategory;
  /** The source's own word from its closed list: a filter and a column, no part of any rule. */
  readonly type?: string | null;
  /** Epoch milliseconds, whole minutes. */
  readonly startsAt: number;
  /** Epoch milliseconds, at or after `startsAt`; later when the time is uncertain. */
  readonly endsAt: number;
}

/** Reported by residents or partners, as opposed to discovered by police (DEFINITIONS, Events). */
export function isReported(event: Pick<PoliceEvent, "source">): boolean {
  return event.source !== "police";
}

/**
 * Demand for patrols = reported complaints + reported kerb crawling.
 * Reported street sex work never sends a patrol (SAFEGUARDS 9).
 */
export function isPatrolDemand(event: Pick<PoliceEvent, "kind" | "source" | "category">): boolean {
  if (!isReported(event) || event.category === "street_sex_work") return false;
  return kinds[event.kind].isDemand || event.category === "kerb_crawling";
}

/** Whom patrols may be planned to meet less often: never a reason to send one (SAFEGUARDS 9). */
export function isSexWorkSighting({ kind, category }: Pick<PoliceEvent, "kind" | "category">) {
  return kind === "sighting" && category === "street_sex_work";
}
