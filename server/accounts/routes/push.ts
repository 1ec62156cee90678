import { z } from "zod";
import { notifiedRoles, type PushReply, pushCalls } from "#core/accounts/wire/push.ts";
import { pushCookie } from "#server/accounts/cookies.ts";
import { pushAddress } from "#server/accounts/push/network.ts";
import { readPushKeys } from "#server/accounts/push/phones.ts";
import { tellPhones } from "#server/accounts/push/tell.ts";
import { accountSession } from "#server/accounts/routes/session-reply.ts";
import { drawToken, hashOf } from "#server/accounts/token.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { type RequestContext, type Route, serve } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const audience = notifiedRoles;
const purpose = "administration";

export const pushRoutes: readonly Route[] = [
  serve(pushCalls.read, {
    summary: "Whether this browser is told when a patrol of tonight is lost",
    audience,
    audit: { none: "a person reads only about their own browser" },
    handle: (act) => describePush(act),
  }),
  serve(pushCalls.add, {
    summary: "Tell this browser from now on",
    audience,
    audit: { verb: "alteration", act: "notify a phone", purpose },
    handle: (act, { body }) => addPhone(act, body.endpoint),
  }),
  serve(pushCalls.remove, {
    summary: "Tell this browser no longer",
    audience,
    audit: { verb: "alteration", act: "stop notifying a phone", purpose },
    handle: async (act) => {
      const own = ownPhone(act);
      await act.db.transaction(act.actor, (tx) =>
        tx.run(sql`delete from push_subscription where ${own}`),
      );
      pushCookie.clear(act.config, act.reply);
      return describePush(act, false);
    },
  }),
  serve(pushCalls.test, {
    summary: "Tell this browser once, as a lost patrol would",
    audience,
    audit: { none: "telling writes its own line" },
    handle: async (act) => {
      await tellPhones(act, sql`${ownPhone(act)} and person = ${act.actor.person}`);
      return describePush(act);
    },
  }),
];

function ownPhone({ config, request }: RequestContext) {
  const device = pushCookie.read(config, request);
  return device === null ? sql`false` : sql`device_hash = ${hashOf(device)}`;
}

async function describePush(act: RequestContext, on?: boolean): Promise<PushReply> {
  const keys = await readPushKeys(act.db);
  const own = sql`select count(*) from push_subscription where ${ownPhone(act)}`;
  const count = () => act.db.transaction(act.actor, (tx) => tx.value(z.int(), own));
  return { publicKey: keys?.publicKey ?? null, on: on ?? (await count()) === 1 };
}

/** Of one person; a new one takes the place of the oldest. */
const mostOfPerson = 3;

async function addPhone(act: RequestContext, endpoint: string): Promise<PushReply> {
  const { session } = accountSession(act);
  const { person } = act.actor;
  if ((await readPushKeys(act.db)) === null) {
    throw new Problem(409, "Not set up", "Notifications are not set up on this server.");
  }
  if (pushAddress(endpoint, act.config.pushHosts) === null) {
    const detail =
      "This browser’s push service is not on the list of this server. Use another browser, or ask your administrator to add it.";
    throw new Problem(400, "Not added", detail);
  }
  const before = ownPhone(act);
  const device = drawToken();
  await act.db.transaction(act.actor, async (tx) => {
    // It may have been somebody else's.
    await tx.through("gate", (gate) =>
      gate.run(sql`delete from push_subscription where endpoint = ${endpoint} or ${before}`),
    );
    await tx.run(
      insertInto("push_subscription", {
        endpoint,
        person,
        signInId: session.id,
        deviceHash: hashOf(device),
        addedAt: new Date(),
      }),
    );
    await tx.run(
      sql`delete from push_subscription where endpoint in (
        select endpoint from push_subscription where person = ${person}
        order by added_at desc offset ${mostOfPerson}
      )`,
    );
  });
  pushCookie.set(act.config, act.reply, device);
  return describePush(act, true);
}
