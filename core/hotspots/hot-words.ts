import type { HotBy } from "#core/stats/hot.ts";

/** What a place is by the test; `by` is missing where that was of the test of before. */
export function hotWords({
  hot,
  by,
}: {
  readonly hot: boolean;
  readonly by?: HotBy | null | undefined;
}): string {
  if (!hot) return "not a hotspot";
  if (!by) return "hotspot";
  return by === "own" ? "hotspot (this place)" : "hotspot (with neighbouring cells)";
}
