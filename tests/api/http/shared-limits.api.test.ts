import { expect, test } from "vitest";
import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { allRoutes } from "#server/app/routes.ts";
import { serve } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";

const probe = serve(call("POST /api/probe", { body: z.strictObject({ free: z.boolean() }) }), {
  summary: "For this test",
  audience: ["sergeant"],
  limit: "probe",
  audit: { none: "for this test" },
  handle: async (_context, { body: { free } }) => {
    if (!free) throw new Problem(409, "No longer available", "Choose another time.");
    return { free };
  },
});
const few = { strangers: 100, signIns: 6, persons: 100, probes: 6, refusals: 3, files: 100 };

onEachEngine("limits of several servers", ({ db }) => {
  test("several servers of one database count patrol changes and sign-ins together, and a minute later begin again", async () => {
    const options = { routes: [...allRoutes, probe], limits: few, log: () => undefined };
    const [first, second] = [await openTestApp(db(), options), await openTestApp(db(), options)];
    const signedIn = await first.stranger.send("POST", "/api/session", { role: "sergeant" });
    const [cookie] = signedIn.cookies;
    const headers = { cookie: `${cookie?.name}=${cookie?.value}` };
    const ask = async ({ app }: TestApp, free: boolean) => {
      await app.inject({ url: "/api/session", headers });
      const payload = { free };
      return (await app.inject({ method: "POST", url: "/api/probe", headers, payload })).statusCode;
    };
    const seen: number[] = [];
    for (const at of [first, second, first, second]) seen.push(await ask(at, false));
    expect(seen).toEqual([409, 409, 409, 429]);
    const signIn = { method: "POST", url: "/api/session", payload: { role: "sergeant" } } as const;
    const tries: number[] = [];
    for (let time = 0; time < few.signIns; time += 1) {
      const { app } = time % 2 === 0 ? second : first;
      tries.push((await app.inject({ ...signIn, remoteAddress: "192.0.2.77" })).statusCode);
    }
    expect(tries).not.toContain(429);
    const refused = await second.app.inject({ ...signIn, remoteAddress: "192.0.2.77" });
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    await asOwner(
      db(),
      "update call_count set counted_from = counted_from - interval '61 seconds'",
    );
    expect(await ask(second, true)).toBe(200);
    const [{ rows } = { rows: 0 }] = await asOwner<{ rows: number }>(
      db(),
      "select count(*)::int as rows from call_count",
    );
    // What is over is gone with the next call that is counted.
    expect(rows).toBeLessThanOrEqual(2);
    await second.close();
    await first.close();
  });
});
