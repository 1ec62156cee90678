import { z } from "zod";
import { pushKey, readPushKeys } from "#server/accounts/push/phones.ts";
import { action, type Command } from "#server/cli/command.ts";
import { writeSetting } from "#server/db/settings.ts";
import { sql } from "#server/db/sql.ts";

const purpose = "administration";

const contact = z
  .string()
  .regex(
    /^(mailto:[^@\s]+@|https:\/\/)[^@\s]+\.[^@\s]+$/,
    "give mailto:NAME@DOMAIN or an https address",
  );

export const pushCommand: Command = {
  name: "push",
  summary: "Notify officers' phones, without content, when a patrol of tonight is lost",
  options: { contact: "Whom push services may write to: mailto:NAME@DOMAIN or an https address" },
  moreHelp: () => [
    "setup makes this server's keys once; given again, it changes the contact alone.",
  ],
  words: {
    setup: action({
      takes: "--contact ADDRESS",
      audit: { verb: "alteration", act: "set up push", purpose },
      reads: z.object({ contact }),
      run: async (act, given) => {
        const known = await readPushKeys(act.db);
        const { default: webPush } = await import("web-push");
        const keys = known ?? webPush.generateVAPIDKeys();
        await act.db.transaction(act.actor, (tx) =>
          writeSetting(tx, pushKey, { ...keys, ...given }),
        );
        const made = known === null;
        return {
          json: { ...given, publicKey: keys.publicKey, made },
          text: [made ? "Push is set up. Officers switch it on under Plan." : "Contact changed."],
        };
      },
    }),
    off: action({
      audit: { verb: "erasure", act: "turn push off", purpose },
      run: async (act) => {
        const wasOn = (await readPushKeys(act.db)) !== null;
        await act.db.transaction(act.actor, async (tx) => {
          await writeSetting(tx, pushKey, null);
          await tx.run(sql`delete from push_subscription`);
        });
        return { json: { wasOn }, text: [wasOn ? "Push is off." : "Push was off."] };
      },
    }),
  },
};
