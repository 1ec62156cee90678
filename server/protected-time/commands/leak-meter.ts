import { command } from "#server/cli/command.ts";
import { measurePictures, readLeakMeter } from "#server/protected-time/leak-meter.ts";

export const leakMeterCommand = command({
  name: "leak-meter",
  summary: "How far the pictures of protected time that were shown narrow where a venue is",
  audit: { verb: "consultation", act: "read the leak meter", purpose: "safeguarding" },
  run: async (act) => {
    await measurePictures(act);
    const meter = await act.db.transaction(act.actor, (tx) =>
      tx.through("keeper", (keeper) => readLeakMeter(keeper, act.asAt.date())),
    );
    const { leaks, sentence } = meter;
    return {
      json: meter,
      text: [
        sentence,
        ...leaks.map(
          ({ role, pictures, toldHa, firstShown, lastShown }) =>
            `${role}: ${toldHa} ha from ${pictures} of them, shown from ${firstShown} to ${lastShown}.`,
        ),
      ],
      exit: leaks.length > 0 ? 1 : 0,
    };
  },
});
