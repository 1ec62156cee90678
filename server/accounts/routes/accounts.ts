import { z } from "zod";
import { accountActs } from "#core/accounts/account-acts.ts";
import * as wire from "#core/accounts/wire/accounts.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import {
  accountOrRefuse,
  addAccount,
  changeAccount,
  expiryOf,
  hashForAccount,
  lastDayOf,
  newSetUpSecret,
  storePassword,
} from "#server/accounts/manage-accounts.ts";
import { refuseUnfit } from "#server/accounts/password-account.ts";
import {
  type AccountRow,
  listAccounts,
  neighbourNames,
  partnerChoices,
} from "#server/accounts/queries/accounts.ts";
import { isShut } from "#server/accounts/queries/openings.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const numbered = z.strictObject({ id: z.string().regex(/^\d{1,15}$/) });

const list = defineRoute("GET /api/accounts", {
  summary: "Accounts and how they sign in; never a secret",
  audience: ["admin", "auditor"],
  audit: { verb: "consultation", act: accountActs.list, purpose: "administration" },
  replySchema: wire.accountsReply,
  handle: (context) =>
    context.db.transaction(context.actor, async (tx) => {
      const rows = await listAccounts(tx);
      const partners = await partnerChoices(tx);
      const neighbours = await neighbourNames(tx);
      context.addDetail({ accounts: rows.length });
      return {
        accounts: rows.map((row) => describe(context, row)),
        partners: partners.map(({ code, name }) => ({ code, name })),
        neighbours,
      };
    }),
});

const add = defineRoute("POST /api/accounts", {
  summary:
    "Add an account; it can be used once it has a password or its owner signs in through the provider",
  audience: ["admin"],
  fresh: true,
  audit: { verb: "alteration", act: accountActs.add, purpose: "administration" },
  body: wire.newAccountBody,
  replySchema: wire.accountReply,
  handle: async (context, { body }) => {
    const { lastDay, ...wish } = body;
    context.addDetail({ role: body.role });
    return context.db.transaction(context.actor, async (tx) => {
      const expiresAt = expiryOf(context.zone, lastDay ?? null);
      const made = await addAccount(tx, { ...wish, expiresAt, now: Date.now() });
      context.addDetail({ account: made.name });
      return describe(context, made);
    });
  },
});

const change = defineRoute("PATCH /api/accounts/:id", {
  summary: "Change an account; another role, partner or disabling ends its sessions at once",
  audience: ["admin"],
  fresh: true,
  audit: { verb: "alteration", act: accountActs.change, purpose: "administration" },
  params: numbered,
  body: wire.accountChangeBody,
  replySchema: wire.accountReply,
  handle: async (context, { params, body }) => {
    const { lastDay, disabled, ...wish } = body;
    context.addDetail({ changed: Object.keys(body).sort().join(",") });
    if (disabled !== undefined) {
      context.restate({ act: disabled ? accountActs.disable : accountActs.enable });
    }
    return context.db.transaction(context.actor, async (tx) => {
      const account = await accountOrRefuse(tx, params);
      context.addDetail({ account: account.name, ...(body.role ? { role: body.role } : {}) });
      refuseOwn(context, account, body);
      const expiresAt = lastDay === undefined ? undefined : expiryOf(context.zone, lastDay);
      const wished = { ...wish, expiresAt, isDisabled: disabled };
      return describe(context, await changeAccount(tx, account, wished, Date.now()));
    });
  },
});

const setUp = defineRoute("POST /api/accounts/:id/set-up", {
  summary: "A one-time secret for setting a first password; shown once",
  audience: ["admin"],
  fresh: true,
  audit: { verb: "alteration", act: accountActs.oneTimeSecret, purpose: "administration" },
  params: numbered,
  replySchema: wire.setUpSecretReply,
  handle: (context, { params }) =>
    context.db.transaction(context.actor, async (tx) => {
      const account = await accountOrRefuse(tx, params);
      context.addDetail({ account: account.name });
      refuseOwnPassword(context, account);
      const { secret, until } = await newSetUpSecret(tx, account, Date.now());
      const waits = await tx.through("gate", (gate) => isShut(gate, account.id, "sign-in"));
      return { secret, until: formatInstant(context.zone, until), waits };
    }),
});

const setPassword = defineRoute("PUT /api/accounts/:id/password", {
  summary: "Set a new password; every session of the account ends",
  audience: ["admin"],
  fresh: true,
  audit: { verb: "alteration", act: accountActs.password, purpose: "administration" },
  params: numbered,
  body: wire.accountPasswordBody,
  replySchema: wire.accountReply,
  handle: async (context, { params, body }) => {
    // Outside the transaction: a hash takes its time.
    const hash = await hashForAccount("", body.password);
    return context.db.transaction(context.actor, async (tx) => {
      const account = await accountOrRefuse(tx, params);
      context.addDetail({ account: account.name });
      refuseOwnPassword(context, account);
      await refuseUnfit(body.password, account.name);
      await storePassword(tx, account, hash, Date.now());
      return describe(context, { ...account, hasPassword: true, setupUntil: null });
    });
  },
});

export const accountRoutes: readonly Route[] = [list, add, change, setUp, setPassword];

/** Nobody shuts themselves out: another administrator, or a command on the machine, can. */
function refuseOwn(
  context: RequestContext,
  account: AccountRow,
  body: z.infer<typeof wire.accountChangeBody>,
): void {
  if (account.name !== context.actor.person) return;
  const { disabled, role, lastDay, oidcName } = body;
  const shutsOut =
    disabled === true ||
    (role !== undefined && role !== account.role) ||
    (typeof lastDay === "string" && lastDay < context.zone.dateOf(Date.now())) ||
    (oidcName !== undefined && oidcName !== account.oidcName);
  if (!shutsOut) return;
  throw new Problem(
    409,
    "Your own account",
    "You cannot disable or end your own account, or change its role or its identity provider name. Ask another administrator.",
  );
}

/** One's own password is changed with the current one, by the menu of one's name. */
function refuseOwnPassword(context: RequestContext, account: AccountRow): void {
  if (account.name !== context.actor.person) return;
  throw new Problem(
    409,
    "Your own account",
    "Change your own password from the menu under your name.",
  );
}

function describe(
  { zone, actor }: { zone: Zone; actor: RequestContext["actor"] },
  row: AccountRow,
): wire.AccountReply {
  const now = Date.now();
  const isOver = row.expiresAt !== null && row.expiresAt <= now;
  const isSetUpOpen = row.setupUntil !== null && row.setupUntil > now;
  return {
    id: row.id,
    name: row.name,
    shownName: row.shownName,
    role: row.role,
    partner: row.partner,
    neighbour: row.neighbour,
    hasPassword: row.hasPassword,
    partnerPassword: row.partnerPassword,
    phones: row.phones,
    hasSecondFactor: row.hasSecondFactor,
    setUpUntil: isSetUpOpen ? formatInstant(zone, row.setupUntil) : null,
    oidcName: row.oidcName,
    isBound: row.isBound,
    createdOn: zone.dateOf(row.createdAt),
    lastDay: lastDayOf(zone, row.expiresAt),
    state: row.disabledAt !== null ? "disabled" : isOver ? "expired" : "in use",
    isOwn: row.name === actor.person,
  };
}
