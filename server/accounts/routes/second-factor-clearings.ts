import { z } from "zod";
import { accountActs } from "#core/accounts/account-acts.ts";
import { clearingsReply } from "#core/accounts/wire/second-factor.ts";
import { formatInstant } from "#core/time/zone.ts";
import { accountOrRefuse, clearThroughGate } from "#server/accounts/manage-accounts.ts";
import * as sql from "#server/accounts/queries/second-factor-clearings.ts";
import { accountSession } from "#server/accounts/routes/session.ts";
import type { Transaction } from "#server/db/database.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const numbered = z.strictObject({ id: z.uuid() });
const line = (act: string) => ({ verb: "alteration", act, purpose: "administration" }) as const;

const list = defineRoute("GET /api/second-factor/clearings", {
  summary: "Second factor resets that an administrator requested and nobody has confirmed yet",
  audience: ["admin", "auditor", "coordinator"],
  audit: { none: "it lists open requests; asking and answering are logged" },
  replySchema: clearingsReply,
  handle: (context) => context.db.transaction(context.actor, (tx) => describe(context, tx)),
});

const ask = defineRoute("POST /api/accounts/:id/second-factor/clearing", {
  summary: "Request a second factor reset for someone who lost theirs",
  audience: ["admin"],
  fresh: true,
  audit: line(accountActs.askToClear),
  params: z.strictObject({ id: z.string().regex(/^\d{1,15}$/) }),
  replySchema: clearingsReply,
  handle: (context, { params }) =>
    context.db.transaction(context.actor, async (tx) => {
      const account = await accountOrRefuse(tx, params);
      context.addDetail({ account: account.name });
      if (account.name === context.actor.person) throw ownFactor();
      if (!account.hasSecondFactor) {
        throw new Problem(409, "Nothing to reset", `${account.name} has no second factor.`);
      }
      if (!(await sql.insertClearing(tx, account.id))) {
        throw new Problem(
          409,
          "Already requested",
          "It is waiting for another person to confirm it.",
        );
      }
      return describe(context, tx);
    }),
});

const confirm = defineRoute("POST /api/second-factor/clearings/:id/confirm", {
  summary: "Confirm a second factor reset that someone else requested",
  audience: ["admin", "auditor", "coordinator"],
  fresh: true,
  audit: line(accountActs.clearSecondFactor),
  params: numbered,
  replySchema: clearingsReply,
  handle: (context, { params }) =>
    context.db.transaction(context.actor, async (tx) => {
      const asked = await sql.findClearing(tx, params.id);
      if (asked === null) throw noLongerOpen();
      context.addDetail({ account: asked.owner, askedBy: asked.askedBy });
      if (asked.owner === context.actor.person) throw ownFactor();
      if (asked.askedBy === context.actor.person) {
        throw new Problem(409, "Another person must confirm", "You requested it yourself.");
      }
      const cleared = await sql.confirmClearing(tx, params.id, context.actor.person);
      if (cleared === null) throw noLongerOpen();
      await clearThroughGate(tx, cleared.accountId);
      return describe(context, tx);
    }),
});

const turnDown = defineRoute("DELETE /api/second-factor/clearings/:id", {
  summary: "Refuse or withdraw a second factor reset",
  audience: ["admin", "auditor", "coordinator"],
  audit: line("turn down clearing a second factor"),
  params: numbered,
  replySchema: clearingsReply,
  handle: (context, { params }) =>
    context.db.transaction(context.actor, async (tx) => {
      const owner = await sql.deleteClearing(tx, params.id);
      if (owner === null) throw noLongerOpen();
      context.addDetail({ account: owner });
      return describe(context, tx);
    }),
});

const told = defineRoute("POST /api/second-factor/told", {
  summary: "The owner has read that their second factor was reset, and by whom",
  audience: "signed-in",
  whileSettingUp: true,
  audit: line("read that the own second factor was cleared"),
  handle: async (context) => {
    const { accountId } = accountSession(context);
    await context.db.transaction(context.actor, (tx) =>
      tx.through("gate", (gate) => sql.markTold(gate, accountId, Date.now())),
    );
    return { told: true };
  },
});

export const secondFactorClearingRoutes: readonly Route[] = [list, ask, confirm, turnDown, told];

async function describe(
  { zone, actor }: RequestContext,
  tx: Transaction,
): Promise<z.infer<typeof clearingsReply>> {
  const rows = await sql.openClearings(tx);
  return {
    clearings: rows.map(({ id, owner, askedBy, askedAt }) => ({
      id,
      owner,
      askedBy,
      asked: formatInstant(zone, askedAt),
      mayConfirm: ![owner, askedBy].includes(actor.person),
    })),
  };
}

function ownFactor(): Problem {
  return new Problem(
    409,
    "Your own second factor",
    "Another person must request a reset and a third confirm it. Change yours from the menu under your name.",
  );
}

function noLongerOpen(): Problem {
  return new Problem(404, "Not found", "It has been answered, or lapsed after seven days.");
}
