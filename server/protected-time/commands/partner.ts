import { z } from "zod";
import { accountActs } from "#core/accounts/account-acts.ts";
import { newPartnerBody } from "#core/accounts/wire/accounts.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { phoneNumber } from "#core/text/phone-number.ts";
import { formatInstant } from "#core/time/zone.ts";
import { policeContactKey } from "#server/accounts/account-settings.ts";
import { typedAccount } from "#server/accounts/commands/user.ts";
import { deleteDevicesOfAccount } from "#server/accounts/device-account.ts";
import { accountOrRefuse, addAccount } from "#server/accounts/manage-accounts.ts";
import { type AccountRow, findAccount } from "#server/accounts/queries/accounts.ts";
import { lockCredentials } from "#server/accounts/queries/credentials.ts";
import { issueDeviceLink, linkLivesMs, linkOf } from "#server/accounts/spoken-secret.ts";
import { action, type Command } from "#server/cli/command.ts";
import type { Transaction } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { addedWords, addPartner } from "#server/protected-time/partners.ts";

const note = (act: string) => ({ verb: "alteration", act, purpose: "administration" }) as const;

export const partnerCommand: Command = {
  name: "partner",
  summary: "Add an outreach partner, set up or remove its people's phones, set whom they phone",
  options: { partner: "Name or code of the partner; adds the account if there is none" },
  moreHelp: () => [
    "link prints a one-time link that works for a day. Opened on the person's phone, it asks for a new PIN.",
    "take-away removes all phones of an account and any unused link.",
    "contact sets the number that partners phone until police confirm; contact none removes it.",
  ],
  words: {
    add: action({
      takes: "NAME",
      audit: note("add an outreach partner"),
      reads: newPartnerBody,
      run: async ({ db, actor, asAt, addDetail }, { name: asked }) => {
        const { code, name } = await db.transaction(actor, async (tx) => {
          const given = { name: asked, now: asAt.now(), evenAlike: true };
          const { id, ...added } = await addPartner(tx, given);
          addDetail({ partner: id });
          return added;
        });
        return { json: { code, name }, text: [addedWords(name)] };
      },
    }),
    link: action({
      takes: "ACCOUNT [--partner NAME]",
      audit: note(accountActs.deviceLink),
      reads: z.object({ account: typedAccount, partner: z.string().nullable().default(null) }),
      run: async ({ db, actor, zone, config, addDetail }, { account: name, partner }) => {
        const now = Date.now();
        const made = await db.transaction(actor, async (tx) => {
          const account = await accountFor(tx, { name, partner, now });
          addDetail({ account: account.name });
          const wish = { by: actor.person, livesMs: linkLivesMs.sent, now };
          return tx.through("gate", async (gate) => {
            const locked = await lockCredentials(gate, account.id, now);
            return locked && issueDeviceLink(gate, locked, wish);
          });
        });
        if (made === null) throw new Error(`Account ${name} is gone within its own transaction`);
        const origin = config.origin ?? `http://${config.host}:${config.port}`;
        const until = formatInstant(zone, made.until);
        const address = linkOf(origin, made.secret);
        return {
          json: { account: name, link: address, secret: made.secret, until },
          text: [
            `Link for a phone of ${name}, shown once only: ${address}`,
            `It works once, until ${until}. Earlier links no longer work.`,
          ],
        };
      },
    }),
    "take-away": action({
      takes: "ACCOUNT",
      audit: note(accountActs.takeDevice),
      reads: z.object({ account: typedAccount }),
      run: async ({ db, actor, addDetail }, { account: name }) => {
        const phones = await db.transaction(actor, async (tx) => {
          const account = await accountOrRefuse(tx, { name });
          const gone = await deleteDevicesOfAccount(tx, account.id);
          addDetail({ account: account.name, phones: gone });
          return gone;
        });
        const many = formatQuantity(phones, "phone is", "phones are");
        return { json: { account: name, phones }, text: [`${many} removed from ${name}.`] };
      },
    }),
    contact: action({
      takes: "NUMBER",
      audit: note(accountActs.policeContact),
      reads: z.object({
        number: z.preprocess((word) => (word === "none" ? null : word), phoneNumber.nullable()),
      }),
      run: async ({ db, actor, addDetail }, { number: policeContact }) => {
        addDetail({ policeContact: policeContact === null ? "removed" : "set" });
        await db.transaction(actor, (tx) => writeSetting(tx, policeContactKey, policeContact));
        const shown = policeContact === null ? "no number" : policeContact;
        return { json: { policeContact }, text: [`Partners are shown ${shown} to phone.`] };
      },
    }),
  },
};

/** Naming a partner as well sets up a new person in one command. */
async function accountFor(
  tx: Transaction,
  wanted: { readonly name: string; readonly partner: string | null; readonly now: number },
): Promise<AccountRow> {
  const { name, partner, now } = wanted;
  const held = await findAccount(tx, { name });
  if (held !== null || partner === null) return held ?? accountOrRefuse(tx, { name });
  return addAccount(tx, { name, role: "partner", partner, now, evenAlike: true });
}
