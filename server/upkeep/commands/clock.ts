import { doubtWords } from "#core/time/clock-doubt.ts";
import { formatInstant } from "#core/time/zone.ts";
import { type Command, operatorAct } from "#server/cli/command.ts";
import { lookAtClocks } from "#server/db/clock.ts";
import { sayRight } from "#server/upkeep/say-clock.ts";

export const clockCommand: Command = {
  name: "clock",
  usage: "clock [--right]",
  summary: "Compare the clocks; nothing is erased while one may be wrong",
  options: {
    right: {
      type: "boolean",
      summary: "Say that the clock is right, and let what is due be erased",
    },
  },
  positionals: [0, 0],
  audit: { verb: "alteration", act: "say that the clock is right", purpose: "administration" },
  run: async (context, { values }) => {
    const { db, asAt, zone, restate } = context;
    if (values["right"] === true) await sayRight(operatorAct(context));
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
};
