import { useMemo } from "react";
import { type AllRecords, allRecords, type Lens } from "#client/hotspots/lens.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";

/** What class breaks are scaled from; null without a filter or a lens. */
export function useAllRecords(
  events: PreparedEvents,
  lens: Lens | null,
  filter: EventFilter | null,
): AllRecords | null {
  const kinds = filter?.kinds.join();
  const sources = filter?.sources.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: dates and hours must not move the scale.
  return useMemo(
    () => (filter && lens ? allRecords(events, lens, filter) : null),
    [events, lens, kinds, sources],
  );
}
