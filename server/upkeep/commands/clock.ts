import { z } from "zod";
import { doubtWords } from "#core/time/clock-doubt.ts";
import { formatInstant } from "#core/time/zone.ts";
import { command, flag } from "#server/cli/command.ts";
import { lookAtClocks } from "#server/db/clock.ts";
import { sayRight } from "#server/upkeep/say-clock.ts";

export const clockCommand = command({
  name: "clock",
  takes: "[--right]",
  summary: "Compare the clocks; nothing is erased while one may be wrong",
  options: { right: "Say that the clock is right, and let what is due be erased" },
  audit: { verb: "alteration", act: "say that the clock is right", purpose: "administration" },
  reads: z.object({ right: flag }),
  run: async (act, { right }) => {
    const { db, asAt, zone, restate } = act;
    if (right) await sayRight(act);
    else restate({ verb: "consultation", act: "compare the clocks" });
    const { clocks, doubt } = await lookAtClocks(db, asAt);
    const words = doubt && doubtWords(doubt, { zone, role: "operator", now: clocks.server });
    const when = (at: number | null) => at && formatInstant(zone, at);
    return {
      json: {
        server: when(clocks.server),
        database: when(clocks.database),
        seen: when(clocks.seen),
        erased: when(clocks.erased),
        said: when(clocks.said),
        doubt: doubt?.kind ?? null,
      },
      text: [
        `Server: ${when(clocks.server)}. Database: ${when(clocks.database)}.`,
        words ?? "The clocks agree. What is past its time is erased every hour.",
        ...(words !== null && doubt?.kind !== "apart"
          ? ['If the time above is right, run "boxster clock --right".']
          : []),
      ],
    };
  },
});
