import { fetchJson } from "#client/api/fetch.ts";
import { kept } from "#client/live/kept.ts";
import { loadPatiently } from "#client/ui/lazily.ts";
import type { HarmTablesReply } from "#core/records/wire/harm-weights.ts";

/**
 * All saved versions of the team's harm weights, newest (in use) first. Their schema loads on first
 * use, so that Hotspots opens without it.
 */
export const harmTables = kept<HarmTablesReply>(async (signal) => {
  const { harmTablesReply } = await loadPatiently(
    () => import("#core/records/wire/harm-weights.ts"),
  );
  return fetchJson("/api/harm-weights", harmTablesReply, { signal });
});
