import { z } from "zod";
import { accountActs } from "#core/accounts/account-acts.ts";
import * as wire from "#core/accounts/wire/devices.ts";
import { sessionReply } from "#core/accounts/wire/session.ts";
import { formatInstant } from "#core/time/zone.ts";
import { readDeviceCookie, setDeviceCookie } from "#server/accounts/cookies.ts";
import { setUpDevice, signInByPin } from "#server/accounts/device-account.ts";
import { callerOf } from "#server/accounts/guard.ts";
import { accountOrRefuse } from "#server/accounts/manage-accounts.ts";
import { lockCredentials } from "#server/accounts/queries/credentials.ts";
import {
  deleteDeviceOfPartner,
  deleteDevicesOfAccount,
  devicesOfPartner,
} from "#server/accounts/queries/devices.ts";
import { accountSession, enter } from "#server/accounts/routes/session.ts";
import {
  type DeviceLink,
  issueDeviceLink,
  linkLivesMs,
  linkOf,
} from "#server/accounts/spoken-secret.ts";
import { defineRoute, type RequestContext, type Route } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const numbered = z.strictObject({ id: z.string().regex(/^\d{1,15}$/) });

const setUp = defineRoute("POST /api/session/device", {
  summary: "Set up a partner's phone by a link of one use: choose a PIN, and be signed in",
  audience: "public",
  limit: "sign-in",
  audit: { none: "the sign-in check writes its own line" },
  body: wire.setUpDeviceBody,
  replySchema: sessionReply,
  handle: async (context, { body }) => {
    const { deviceToken, token } = await setUpDevice(context, callerOf(context), body);
    setDeviceCookie(context.config, context.reply, deviceToken);
    return enter(context, token, deviceToken);
  },
});

const signIn = defineRoute("POST /api/session/pin", {
  summary: "Sign in with a PIN on a phone that is set up",
  audience: "public",
  limit: "sign-in",
  audit: { none: "the sign-in check writes its own line" },
  body: wire.pinBody,
  replySchema: sessionReply,
  handle: async (context, { body }) => {
    const deviceToken = readDeviceCookie(context.config, context.request);
    const token = await signInByPin(context, callerOf(context), { deviceToken, ...body });
    // Kept for as long again as it is used.
    if (deviceToken !== null) setDeviceCookie(context.config, context.reply, deviceToken);
    return enter(context, token);
  },
});

const list = defineRoute("GET /api/devices", {
  summary: "All phones of the caller's partner",
  audience: ["partner"],
  audit: { none: "a partner reads only about its own phones" },
  replySchema: wire.devicesReply,
  handle: async (context) => {
    const { session } = accountSession(context);
    const rows = await context.db.transaction(context.actor, (tx) =>
      tx.through("gate", (gate) => devicesOfPartner(gate, context.actor.partner ?? "")),
    );
    return {
      devices: rows.map(({ madeAt, lastUsedAt, ...row }) => ({
        ...row,
        since: formatInstant(context.zone, madeAt),
        lastUsed: formatInstant(context.zone, lastUsedAt),
        isThis: row.id === session.deviceId,
      })),
    };
  },
});

const takeAway = defineRoute("DELETE /api/devices/:id", {
  summary: "Remove a phone of the caller's partner; it stops working at once",
  audience: ["partner"],
  audit: { verb: "alteration", act: accountActs.takeDevice, purpose: "administration" },
  params: z.strictObject({ id: z.uuid() }),
  handle: async (context, { params }) => {
    await context.db.transaction(context.actor, async (tx) => {
      const own = { id: params.id, partnerCode: context.actor.partner ?? "" };
      const person = await tx.through("gate", (gate) => deleteDeviceOfPartner(gate, own));
      // Inside: what did not happen must not stand in the chain as done.
      if (person === null)
        throw new Problem(404, "Not found", "You have no phone with this number.");
      context.addDetail({ account: person });
    });
    return { ended: true };
  },
});

const linkForOwn = defineRoute("POST /api/devices/link", {
  summary: "A link to set up another phone of the caller; works for 15 minutes",
  audience: ["partner"],
  fresh: true,
  audit: { verb: "alteration", act: accountActs.deviceLink, purpose: "administration" },
  replySchema: wire.deviceLinkReply,
  handle: async (context) => {
    const { accountId } = accountSession(context);
    const link = { by: context.actor.person, livesMs: linkLivesMs.beside, now: Date.now() };
    const made = await context.db.transaction(context.actor, async (tx) => {
      const issued = await tx.through("gate", async (gate) => {
        const account = await lockCredentials(gate, accountId, link.now);
        return account && issueDeviceLink(gate, account, link);
      });
      if (issued === null) throw new Problem(404, "Not found", "Your account no longer exists.");
      return issued;
    });
    context.addDetail({ account: context.actor.person });
    return linkReply(context, made);
  },
});

const linkForAccount = defineRoute("POST /api/accounts/:id/device-link", {
  summary: "A link to set up a partner's phone; works once, for a day; shown once",
  audience: ["admin"],
  fresh: true,
  audit: { verb: "alteration", act: accountActs.deviceLink, purpose: "administration" },
  params: numbered,
  replySchema: wire.deviceLinkReply,
  handle: async (context, { params }) => {
    const link = { by: context.actor.person, livesMs: linkLivesMs.sent, now: Date.now() };
    const made = await context.db.transaction(context.actor, async (tx) => {
      const { id, name } = await accountOrRefuse(tx, params);
      context.addDetail({ account: name });
      const issued = await tx.through("gate", async (gate) => {
        const account = await lockCredentials(gate, id, link.now);
        return account && issueDeviceLink(gate, account, link);
      });
      if (issued === null)
        throw new Problem(404, "No such account", "The account no longer exists.");
      return issued;
    });
    return linkReply(context, made);
  },
});

const takeAllAway = defineRoute("DELETE /api/accounts/:id/devices", {
  summary: "Remove all phones of an account, and any unused link",
  audience: ["admin"],
  audit: { verb: "alteration", act: accountActs.takeDevice, purpose: "administration" },
  params: numbered,
  replySchema: wire.devicesGoneReply,
  handle: (context, { params }) =>
    context.db.transaction(context.actor, async (tx) => {
      const account = await accountOrRefuse(tx, params);
      const devices = await deleteDevicesOfAccount(tx, account.id);
      context.addDetail({ account: account.name, phones: devices });
      return { devices };
    }),
});

export const deviceRoutes: readonly Route[] = [
  setUp,
  signIn,
  list,
  takeAway,
  linkForOwn,
  linkForAccount,
  takeAllAway,
];

function linkReply(
  { config, zone, request }: RequestContext,
  { secret, until, waits }: DeviceLink,
): z.infer<typeof wire.deviceLinkReply> {
  // The browser that asks says under which address it is open; what it says reaches nobody but itself.
  const origin = config.origin ?? request.headers.origin ?? null;
  return {
    link: origin === null ? null : linkOf(origin, secret),
    secret,
    until: formatInstant(zone, until),
    waits,
  };
}
