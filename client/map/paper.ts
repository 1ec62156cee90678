/**
 * Layers whose id begins so are on screen alone: protected time, what the hours of patrol would tell, and the
 * smooth surface never go on paper or into a file (SAFEGUARDS 6).
 */
const screenOnly = ["keep-clear", "screen-"] as const;
/** Layers that stand in for them there. */
const paperOnly = "paper-";

/** Whether a layer is drawn on screen, or in a picture for paper and files. */
export function isDrawnOn(medium: "screen" | "paper", layerId: string): boolean {
  if (medium === "screen") return !layerId.startsWith(paperOnly);
  return !screenOnly.some((prefix) => layerId.startsWith(prefix));
}
