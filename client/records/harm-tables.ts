import { fetchJson } from "#client/api/fetch.ts";
import { kept } from "#client/live/kept.ts";
import { loadPatiently } from "#client/ui/lazily.ts";
import type { HarmTablesReply } from "#core/records/wire/harm-weights.ts";

/**
 * Every saved version of the team's harm weights, newest first: the first is the one in use. What they may hold comes
 * with the first of them: Hotspots opens without.
 */
export const harmTables = kept<HarmTablesReply>(async (signal) => {
  const { harmTablesReply } = await loadPatiently(
    () => import("#core/records/wire/harm-weights.ts"),
  );
  return fetchJson("/api/harm-weights", harmTablesReply, { signal });
});
