import type { HotBy } from "#core/stats/hot.ts";

export const besideWords = "beside a hotspot";

/** `by` and `beside` are missing in results of the former test. */
export function hotWords({
  hot,
  beside,
  by,
}: {
  readonly hot: boolean;
  readonly beside?: boolean | undefined;
  readonly by?: HotBy | null | undefined;
}): string {
  if (!hot) return beside ? besideWords : "not a hotspot";
  if (!by) return "hotspot";
  return by === "own" ? "hotspot (this place)" : "hotspot (with neighbouring cells)";
}
