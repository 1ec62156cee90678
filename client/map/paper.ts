/**
 * Prefixes of screen-only layer ids: protected time, what reveals hours of patrol, and the smooth
 * surface never go on paper or into a file (SAFEGUARDS 6).
 */
const screenOnly = ["keep-clear", "screen-"] as const;
/** Layers that replace them on paper. */
const paperOnly = "paper-";

export function isDrawnOn(medium: "screen" | "paper", layerId: string): boolean {
  if (medium === "screen") return !layerId.startsWith(paperOnly);
  return !screenOnly.some((prefix) => layerId.startsWith(prefix));
}
