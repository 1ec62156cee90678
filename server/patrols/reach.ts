import { dayText } from "#core/patrols/words.ts";
import { lastShownDate, shownUntil } from "#core/protected-time/shown-until.ts";
import type { Actor } from "#core/role.ts";
import type { Services } from "#server/acts/services.ts";

type Clocks = Pick<Services, "zone" | "asAt">;

/**
 * Where planning ends for this actor: for people where what they are shown of protected time ends,
 * since the holes in a plan beyond it would tell the rest. The operator holds the database anyway.
 */
export function planningEnds({ zone, asAt }: Clocks, actor: Pick<Actor, "role">): number | null {
  return actor.role === "operator" ? null : shownUntil(zone, asAt.date());
}

/** "Fri 10 Dec": the last day of which keep-clear times are shown. */
export function lastShownDay({ zone, asAt }: Clocks): string {
  return dayText(zone, zone.startOfDate(lastShownDate(asAt.date())));
}
