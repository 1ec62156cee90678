import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { createApp } from "#server/app/app.ts";
import { allRoutes } from "#server/app/routes.ts";
import type { Database } from "#server/db/database.ts";
import { serve } from "#server/http/route.ts";
import { addTestAccount, type SignedIn, sessionOf } from "#tests/support/accounts.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";

/** A route that changes something and needs nothing, for sergeants. */
const probe = serve(call("POST /api/probe", { body: z.strictObject({ count: z.int() }) }), {
  summary: "For this test",
  audience: ["sergeant"],
  audit: { verb: "alteration", act: "probe", purpose: "records" },
  handle: async ({ actor }) => ({ who: actor.person, role: actor.role, partner: actor.partner }),
});

export interface SessionApp extends TestApp {
  /** A new account, signed in. */
  readonly enter: (name: string, more?: { role?: "sergeant" | "partner" }) => Promise<SignedIn>;
  /** The status of a call that a sergeant may make. */
  readonly asks: (caller: SignedIn) => Promise<number>;
  /** How many bodies were begun to be read. */
  readonly bodiesRead: () => number;
  /** The same services behind https. */
  readonly behindTls: () => ReturnType<typeof createApp>;
}

export async function openSessionApp(db: Database): Promise<SessionApp> {
  const test = await openTestApp(db, { routes: [...allRoutes, probe] });
  let bodiesRead = 0;
  test.app.addHook("preParsing", async (_request, _reply, payload) => {
    bodiesRead += 1;
    return payload;
  });
  const { services } = test;
  return {
    ...test,
    enter: async (name, { role = "sergeant" } = {}) => {
      await addTestAccount(db, { name, role, ...(role === "partner" ? { partner: "p1" } : {}) });
      return sessionOf(test, name);
    },
    asks: async (caller) => (await caller.send("POST", "/api/probe", { count: 1 })).statusCode,
    bodiesRead: () => bodiesRead,
    behindTls: () => createApp({ ...services, config: { ...services.config, secure: true } }),
  };
}
