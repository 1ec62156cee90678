import { z } from "zod";
import { accountActs } from "#core/accounts/account-acts.ts";
import { type DeviceLinkReply, device, deviceCalls } from "#core/accounts/wire/devices.ts";
import { formatInstant } from "#core/time/zone.ts";
import { deleteDevicesOfAccount } from "#server/accounts/device-account.ts";
import { accountOrRefuse } from "#server/accounts/manage-accounts.ts";
import { lockCredentials } from "#server/accounts/queries/credentials.ts";
import { accountSession, throughGate } from "#server/accounts/routes/session-reply.ts";
import { issueDeviceLink, linkLivesMs, linkOf } from "#server/accounts/spoken-secret.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const alters = (act: string) => ({ verb: "alteration", act, purpose: "administration" }) as const;

export const deviceRoutes: readonly Route[] = [
  serve(deviceCalls.list, {
    summary: "All phones of the caller's partner",
    audience: ["partner"],
    audit: { none: "a partner reads only about its own phones" },
    handle: async (context) => {
      const { session } = accountSession(context);
      const ofPartner = sql`
        select partner_device.id, account.name as person, kind, made_at as since,
          last_used_at as last_used,
          partner_device.id is not distinct from ${session.deviceId}::uuid as is_this
        from partner_device
        join account on account.id = account_id
        join partner on partner.id = account.partner_id
        where partner.code = ${context.actor.partner ?? ""}
        order by account.name, made_at, partner_device.id`;
      return { devices: await throughGate(context, (gate) => gate.rows(device, ofPartner)) };
    },
  }),
  serve(deviceCalls.takeAway, {
    summary: "Remove a phone of the caller's partner; it stops working at once",
    audience: ["partner"],
    audit: alters(accountActs.takeDevice),
    handle: async (context, { id }) => {
      const gone = sql`
        delete from partner_device using account, partner
        where partner_device.id = ${id} and account.id = account_id
          and partner.id = account.partner_id and partner.code = ${context.actor.partner ?? ""}
        returning account.name`;
      await throughGate(context, async (gate) => {
        const account = await gate.value(z.string(), gone);
        // Inside the act: the chain must not record what did not happen.
        if (account === null) {
          throw new Problem(404, "Not found", "You have no phone with this number.");
        }
        context.addDetail({ account });
      });
      return { ended: true };
    },
  }),
  serve(deviceCalls.link, {
    summary: "A link to set up another phone of the caller; works for 15 minutes",
    audience: ["partner"],
    fresh: true,
    audit: alters(accountActs.deviceLink),
    handle: async (context) => {
      const { accountId } = accountSession(context);
      const gone = new Problem(404, "Not found", "Your account no longer exists.");
      const made = await context.db.transaction(context.actor, (tx) =>
        linkFor(context, tx, { id: accountId, livesMs: linkLivesMs.beside, gone }),
      );
      context.addDetail({ account: context.actor.person });
      return made;
    },
  }),
  serve(deviceCalls.linkFor, {
    summary: "A link to set up a partner's phone; works once, for a day; shown once",
    audience: ["admin"],
    fresh: true,
    audit: alters(accountActs.deviceLink),
    handle: (context, account) =>
      context.db.transaction(context.actor, async (tx) => {
        const { id, name } = await accountOrRefuse(tx, account);
        context.addDetail({ account: name });
        const gone = new Problem(404, "No such account", "The account no longer exists.");
        return linkFor(context, tx, { id, livesMs: linkLivesMs.sent, gone });
      }),
  }),
  serve(deviceCalls.takeAllAway, {
    summary: "Remove all phones of an account, and any unused link",
    audience: ["admin"],
    audit: alters(accountActs.takeDevice),
    handle: (context, { id }) =>
      context.db.transaction(context.actor, async (tx) => {
        const account = await accountOrRefuse(tx, { id });
        const devices = await deleteDevicesOfAccount(tx, account.id);
        context.addDetail({ account: account.name, phones: devices });
        return { devices };
      }),
  }),
];

async function linkFor(
  { config, zone, request, actor }: RequestContext,
  tx: Transaction,
  { id, livesMs, gone }: { readonly id: string; readonly livesMs: number; readonly gone: Problem },
): Promise<DeviceLinkReply> {
  const now = Date.now();
  const { until, ...issued } = await tx.through("gate", async (gate) => {
    const account = await lockCredentials(gate, id, now);
    if (account === null) throw gone;
    return issueDeviceLink(gate, account, { by: actor.person, livesMs, now });
  });
  // The requesting browser states the address that it has open; only its own reply uses it.
  const origin = config.origin ?? request.headers.origin ?? null;
  const link = origin === null ? null : linkOf(origin, issued.secret);
  return { ...issued, link, until: formatInstant(zone, until) };
}
