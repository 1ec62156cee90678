import { accountActs } from "#core/accounts/account-acts.ts";
import {
  type AccountSettingsReply,
  accountSettingsBody,
  accountSettingsReply,
} from "#core/accounts/wire/accounts.ts";
import {
  askPoliceKey,
  isAskedOfPolice,
  localPasswordsAreOn,
  localPasswordsKey,
  policeContactKey,
  readPoliceContact,
} from "#server/accounts/account-settings.ts";
import type { Transaction } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const read = defineRoute("GET /api/account-settings", {
  summary: "How people can sign in, and the number that partners phone",
  audience: ["admin", "auditor"],
  audit: { none: "a setting tells of no person" },
  replySchema: accountSettingsReply,
  handle: (context) => context.db.transaction(context.actor, (tx) => describe(context, tx)),
});

const write = defineRoute("PUT /api/account-settings", {
  summary:
    "Turn passwords on or off (needs an identity provider), require a second factor of police, and set the number that partners phone",
  audience: ["admin"],
  fresh: true,
  audit: { verb: "alteration", act: accountActs.signInBy, purpose: "administration" },
  body: accountSettingsBody,
  replySchema: accountSettingsReply,
  handle: async (context, { body }) => {
    const { localPasswords, secondFactorForPolice, policeContact } = body;
    if (localPasswords !== undefined) context.addDetail({ localPasswords });
    if (secondFactorForPolice !== undefined) context.addDetail({ secondFactorForPolice });
    if (policeContact !== undefined) {
      context.restate({ act: accountActs.policeContact });
      context.addDetail({ policeContact: policeContact === null ? "removed" : "set" });
    }
    if (localPasswords === false && context.config.oidc === null) {
      throw new Problem(
        409,
        "Nobody could sign in",
        "No identity provider is set up, so nobody could sign in without a password. Set BOXSTER_OIDC_ISSUER first.",
      );
    }
    return context.db.transaction(context.actor, async (tx) => {
      const wished = {
        [localPasswordsKey]: localPasswords,
        [askPoliceKey]: secondFactorForPolice,
        [policeContactKey]: policeContact,
      };
      for (const [key, value] of Object.entries(wished)) {
        if (value !== undefined) await writeSetting(tx, key, value);
      }
      return describe(context, tx);
    });
  },
});

export const accountSettingRoutes: readonly Route[] = [read, write];

async function describe(context: RequestContext, tx: Transaction): Promise<AccountSettingsReply> {
  return {
    localPasswords: await localPasswordsAreOn(tx),
    secondFactorForPolice: await isAskedOfPolice(tx),
    policeContact: await readPoliceContact(tx),
    provider: context.config.oidc?.name ?? null,
  };
}
