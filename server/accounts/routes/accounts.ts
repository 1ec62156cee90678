import { accountActs } from "#core/accounts/account-acts.ts";
import * as wire from "#core/accounts/wire/accounts.ts";
import { formatInstant } from "#core/time/zone.ts";
import {
  askPoliceKey,
  isAskedOfPolice,
  localPasswordsAreOn,
  localPasswordsKey,
  policeContactKey,
  readPoliceContact,
} from "#server/accounts/account-settings.ts";
import {
  accountOrRefuse,
  addAccount,
  changeAccount,
  expiryOf,
  lastDayOf,
  newSetUpSecret,
} from "#server/accounts/manage-accounts.ts";
import {
  type AccountRow,
  listAccounts,
  neighbourNames,
  partnerChoices,
  patrolPartnerChoices,
} from "#server/accounts/queries/accounts.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const { accountCalls } = wire;
const purpose = "administration";

export const accountRoutes: readonly Route[] = [
  serve(accountCalls.list, {
    summary: "Accounts and how they sign in; never a secret",
    audience: ["admin", "auditor"],
    audit: { verb: "consultation", act: accountActs.list, purpose },
    handle: (act) =>
      act.db.transaction(act.actor, async (tx) => {
        const rows = await listAccounts(tx);
        const partners = await partnerChoices(tx);
        act.addDetail({ accounts: rows.length });
        return {
          accounts: rows.map((row) => replyOf(act, row)),
          partners: partners.map(({ code, name }) => ({ code, name })),
          patrolPartners: await patrolPartnerChoices(tx),
          neighbours: await neighbourNames(tx),
        };
      }),
  }),
  serve(accountCalls.add, {
    summary:
      "Add an account; it can be used once it has a password or its owner signs in through the provider",
    audience: ["admin"],
    fresh: true,
    audit: { verb: "alteration", act: accountActs.add, purpose },
    handle: (act, { body: { lastDay, ...account } }) => {
      act.addDetail({ role: account.role });
      return act.db.transaction(act.actor, async (tx) => {
        const expiresAt = expiryOf(act.zone, lastDay ?? null);
        const made = await addAccount(tx, { ...account, expiresAt, now: Date.now() });
        act.addDetail({ account: made.name });
        return replyOf(act, made);
      });
    },
  }),
  serve(accountCalls.change, {
    summary: "Change an account; another role, partner or disabling ends its sessions at once",
    audience: ["admin"],
    fresh: true,
    audit: { verb: "alteration", act: accountActs.change, purpose },
    handle: (act, { id, body }) => {
      const { lastDay, disabled, ...change } = body;
      act.addDetail({ changed: Object.keys(body).sort().join(",") });
      if (disabled !== undefined) {
        act.restate({ act: disabled ? accountActs.disable : accountActs.enable });
      }
      return onAccount(act, id, async (tx, account) => {
        if (body.role) act.addDetail({ role: body.role });
        refuseOwn(act, account, body);
        const expiresAt = lastDay === undefined ? undefined : expiryOf(act.zone, lastDay);
        const fields = { ...change, expiresAt, isDisabled: disabled };
        return replyOf(act, await changeAccount(tx, account, fields, Date.now()));
      });
    },
  }),
  serve(accountCalls.drawSecret, {
    summary: "A one-time secret for setting a first password; shown once",
    audience: ["admin"],
    fresh: true,
    audit: { verb: "alteration", act: accountActs.oneTimeSecret, purpose },
    handle: (act, { id }) =>
      onAccount(act, id, async (tx, account) => {
        if (account.name === act.actor.person) {
          const detail = "Change your own password from the menu under your name.";
          throw new Problem(409, "Your own account", detail);
        }
        const issued = await newSetUpSecret(tx, account, Date.now());
        return { ...issued, until: formatInstant(act.zone, issued.until) };
      }),
  }),
  serve(accountCalls.settings, {
    summary: "How people can sign in, and the number that partners phone",
    audience: ["admin", "auditor"],
    audit: { none: "a setting tells of no person" },
    handle: (act) => act.db.transaction(act.actor, (tx) => readSettings(act, tx)),
  }),
  serve(accountCalls.changeSettings, {
    summary:
      "Turn passwords on or off (needs an identity provider), require a second factor of police, and set the number that partners phone",
    audience: ["admin"],
    fresh: true,
    audit: { verb: "alteration", act: accountActs.signInBy, purpose },
    handle: changeSettings,
  }),
];

function onAccount<Value>(
  act: RequestContext,
  id: string,
  work: (tx: Transaction, account: AccountRow) => Promise<Value>,
): Promise<Value> {
  return act.db.transaction(act.actor, async (tx) => {
    const account = await accountOrRefuse(tx, { id });
    act.addDetail({ account: account.name });
    return work(tx, account);
  });
}

/** Own accounts are disabled only by another administrator or a command on the machine. */
function refuseOwn(
  { actor, zone }: Act,
  account: AccountRow,
  { disabled, role, lastDay, oidcName }: wire.AccountChange,
): void {
  if (account.name !== actor.person) return;
  const shutsOut =
    disabled === true ||
    (role !== undefined && role !== account.role) ||
    (typeof lastDay === "string" && lastDay < zone.dateOf(Date.now())) ||
    (oidcName !== undefined && oidcName !== account.oidcName);
  if (!shutsOut) return;
  const detail =
    "You cannot disable or end your own account, or change its role or its identity provider name. Ask another administrator.";
  throw new Problem(409, "Your own account", detail);
}

function replyOf({ zone, actor }: Act, row: AccountRow): wire.AccountReply {
  const { setupUntil, createdAt, expiresAt, disabledAt, ...account } = row;
  const now = Date.now();
  const isOver = expiresAt !== null && expiresAt <= now;
  const isSetUpOpen = setupUntil !== null && setupUntil > now;
  return {
    ...account,
    setUpUntil: isSetUpOpen ? formatInstant(zone, setupUntil) : null,
    createdOn: zone.dateOf(createdAt),
    lastDay: lastDayOf(zone, expiresAt),
    state: disabledAt !== null ? "disabled" : isOver ? "expired" : "in use",
    isOwn: account.name === actor.person,
  };
}

async function changeSettings(
  act: Act,
  { body }: { readonly body: wire.AccountSettings },
): Promise<wire.AccountSettingsReply> {
  const { localPasswords, secondFactorForPolice, policeContact } = body;
  if (localPasswords !== undefined) act.addDetail({ localPasswords });
  if (secondFactorForPolice !== undefined) act.addDetail({ secondFactorForPolice });
  if (policeContact !== undefined) {
    act.restate({ act: accountActs.policeContact });
    act.addDetail({ policeContact: policeContact === null ? "removed" : "set" });
  }
  if (localPasswords === false && act.config.oidc === null) {
    const detail =
      "No identity provider is set up, so nobody could sign in without a password. Set BOXSTER_OIDC_ISSUER first.";
    throw new Problem(409, "Nobody could sign in", detail);
  }
  return act.db.transaction(act.actor, async (tx) => {
    const settings = {
      [localPasswordsKey]: localPasswords,
      [askPoliceKey]: secondFactorForPolice,
      [policeContactKey]: policeContact,
    };
    for (const [key, value] of Object.entries(settings)) {
      if (value !== undefined) await writeSetting(tx, key, value);
    }
    return readSettings(act, tx);
  });
}

async function readSettings({ config }: Act, tx: Transaction): Promise<wire.AccountSettingsReply> {
  return {
    localPasswords: await localPasswordsAreOn(tx),
    secondFactorForPolice: await isAskedOfPolice(tx),
    policeContact: await readPoliceContact(tx),
    provider: config.oidc?.name ?? null,
  };
}
