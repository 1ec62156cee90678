import { doubtWords } from "#core/time/clock-doubt.ts";
import { hourMs } from "#core/time/zone.ts";
import type { Act } from "#server/acts/services.ts";
import { type ClockLook, lookAtClocks, readClocks, sayClockIsRight } from "#server/db/clock.ts";
import { Problem } from "#server/problem.ts";

/** Not when two clocks disagree: one of them must be wrong. */
export const maySay = ({ doubt }: ClockLook) => doubt !== null && doubt.kind !== "apart";

/** Whatever is due by it is erased within the hour. */
export async function sayRight({ db, actor, asAt, zone, addDetail }: Act): Promise<void> {
  await db.transaction(actor, async (tx) => {
    const look = await readClocks(tx, asAt);
    if (look.doubt !== null && !maySay(look)) {
      const words = doubtWords(look.doubt, { zone, role: "operator", now: asAt.clock() });
      throw new Problem(409, "The clocks disagree", words ?? "");
    }
    await sayClockIsRight(tx);
    const { kind, ms } = look.doubt ?? { kind: "none", ms: 0 };
    addDetail({ kind, hours: Math.round(ms / hourMs) });
  });
  await lookAtClocks(db, asAt);
}
