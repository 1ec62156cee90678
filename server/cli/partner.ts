import { newPartnerBody } from "#core/wire/accounts.ts";
import { operatorActor } from "#server/cli/actor.ts";
import { type Command, UsageError } from "#server/cli/command.ts";
import { addedWords, addPartner } from "#server/outreach/add-partner.ts";

/** For an outreach organisation that types its times in; one that sends a calendar comes with it. */
export const partnerCommand: Command = {
  name: "partner",
  usage: "partner add NAME",
  summary: "Add an outreach partner, for accounts of the role partner",
  options: {},
  positionals: [2, 2],
  audit: { verb: "alteration", act: "add an outreach partner", purpose: "administration" },
  run: async ({ db, asAt, operator, addDetail }, { positionals: [word = "", typed] }) => {
    if (word !== "add") throw new UsageError(`"${word}" is not understood: partner add NAME.`);
    const body = newPartnerBody.safeParse({ name: typed });
    if (!body.success) throw new UsageError(`NAME: ${body.error.issues[0]?.message ?? ""}.`);
    const { name } = body.data;
    const made = await db.transaction(operatorActor(operator), async (tx) => {
      const added = await addPartner(tx, { name, now: asAt.now() });
      addDetail({ partner: added.id });
      return added;
    });
    return { json: { code: made.code, name: made.name }, text: [addedWords(made.name)] };
  },
};
