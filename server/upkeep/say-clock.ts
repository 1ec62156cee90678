import type { Actor } from "#core/role.ts";
import { doubtWords } from "#core/time/clock-doubt.ts";
import type { Services } from "#server/acts/services.ts";
import { type ClockLook, lookAtClocks, sayClockIsRight } from "#server/db/clock.ts";
import { Problem } from "#server/problem.ts";

/** Clocks that disagree cannot both be right: no word helps there. */
export const maySay = ({ doubt }: ClockLook) => doubt !== null && doubt.kind !== "apart";

/**
 * A person says that the clock is right: what is due by it is erased at the next hour. What they were told speaks for
 * itself where nothing is in doubt.
 */
export async function sayRight(
  { db, asAt, zone }: Pick<Services, "db" | "asAt" | "zone">,
  actor: Actor,
): Promise<ClockLook> {
  const look = await lookAtClocks(db, asAt);
  if (look.doubt !== null && !maySay(look)) {
    const words = doubtWords(look.doubt, { zone, role: "operator", now: asAt.clock() });
    throw new Problem(409, "The clocks disagree", words ?? "");
  }
  await db.transaction(actor, sayClockIsRight);
  await lookAtClocks(db, asAt);
  return look;
}

/** How far off it was, for the audit chain. */
export function sayDetail({ doubt }: ClockLook): { readonly kind: string; readonly hours: number } {
  return { kind: doubt?.kind ?? "none", hours: Math.round((doubt?.ms ?? 0) / 3_600_000) };
}
