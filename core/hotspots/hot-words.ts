import type { HotBy } from "#core/stats/hot.ts";

/** A place that has more than an even spread would give only through the hotspot next to it. */
export const besideWords = "beside a hotspot";

/** What a place is by the test; `by` and `beside` are missing where that was of the test of before. */
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
