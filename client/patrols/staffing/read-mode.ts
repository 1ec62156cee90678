import type { PatrolMode } from "#core/patrols/wire/plan.ts";

/** "bike" and "cycle" are one. */
export function readMode(text: string): PatrolMode | null {
  if (/\b(foot|walk)/i.test(text)) return "foot";
  if (/\b(cycl|bike|bicycle)/i.test(text)) return "cycle";
  return /\b(vehicle|car|van|irv|mobile)\b/i.test(text) ? "vehicle" : null;
}
