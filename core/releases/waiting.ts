import { hourMs } from "#core/time/zone.ts";

/**
 * Hours a draft waits before a second person may approve it, so that partners and the coordinator
 * can read it and object. The database enforces it too (0011-releases.sql).
 */
export const objectionHours = 72;

/** Epoch milliseconds of the first instant at which it may be approved; in the demonstration at once. */
export function approvableFrom(draftedAt: number, isDemo: boolean): number {
  return isDemo ? draftedAt : draftedAt + objectionHours * hourMs;
}
