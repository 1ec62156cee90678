import { expect, test } from "vitest";
import { z } from "zod";
import { call } from "#core/contract/call.ts";
import { allRoutes } from "#server/app/routes.ts";
import { ownerActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { serve } from "#server/http/route.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

const probe = serve(call("POST /api/probe", { body: z.strictObject({ count: z.int() }) }), {
  summary: "For this test",
  audience: ["sergeant"],
  audit: { none: "for this test" },
  handle: async (_context, { body }) => ({ twice: body.count * 2 }),
});

onOneEngine("sessions and audiences", ({ db }) => {
  const test_ = appWith(db, { routes: [...allRoutes, probe] });

  test("a stranger is told who is signed in: nobody", async () => {
    const reply = await test_.stranger.get("/api/session");
    expect(reply.json()).toMatchObject({
      signedIn: false,
      role: null,
      demo: true,
      asAt: "2021-11-26",
    });
  });

  test("one click signs in by role, and signing out ends the session for good", async () => {
    const sergeant = await test_.as("sergeant");
    expect((await sergeant.get("/api/session")).json()).toMatchObject({
      signedIn: true,
      role: "sergeant",
    });
    await sergeant.send("DELETE", "/api/session");
    expect((await sergeant.get("/api/session")).json()).toMatchObject({ signedIn: false });
  });

  test("a session by role ends two hours after its last request", async () => {
    const presenter = await test_.as("presenter");
    const idle = async (time: string) => {
      await db().transaction(ownerActor, (tx) =>
        tx.query(
          `update sign_in set last_seen_at = now() - $1::interval
           where person = 'demonstration presenter'`,
          [time],
        ),
      );
      return (await presenter.get("/api/session")).json();
    };
    expect(await idle("119 minutes")).toMatchObject({ signedIn: true });
    expect(await idle("121 minutes")).toMatchObject({ signedIn: false });
  });

  test("where the line cannot be written, nobody is signed in by role, and nobody out", async () => {
    const liaison = await test_.as("liaison");
    const script = (sql: string) => db().transaction(ownerActor, (tx) => tx.script(sql));
    await script(
      `create function refuse_line() returns trigger language plpgsql as
         $$ begin raise exception 'no'; end $$;
       create trigger refuse_line before insert on audit
         for each row execute function refuse_line();`,
    );
    try {
      expect((await liaison.send("DELETE", "/api/session")).statusCode).toBe(500);
      expect((await liaison.get("/api/session")).json()).toMatchObject({ signedIn: true });
      const again = await test_.stranger.send("POST", "/api/session", { role: "liaison" });
      expect(again.statusCode).toBe(500);
      const rows = await db().transaction(ownerActor, (tx) =>
        tx.query("select 1 from sign_in where person = 'demonstration liaison'"),
      );
      expect(rows).toHaveLength(1);
    } finally {
      await script("drop function refuse_line cascade");
    }
  });

  test("the cookie is HttpOnly and SameSite=Strict, and its token is stored nowhere", async () => {
    const reply = await test_.app.inject({
      method: "POST",
      url: "/api/session",
      payload: { role: "analyst" },
    });
    const [cookie] = reply.cookies;
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/" });
    const rows = await db().transaction(ownerActor, (tx) =>
      tx.query<{ dump: string }>("select sign_in::text as dump from sign_in"),
    );
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.some((row) => row.dump.includes(cookie?.value ?? ""))).toBe(false);
  });

  test("bad input is refused with the field and the reason, as problem details", async () => {
    const sergeant = await test_.as("sergeant");
    const reply = await sergeant.send("POST", "/api/probe", { count: "x", more: 1 });
    expect(reply.statusCode).toBe(400);
    expect(reply.headers["content-type"]).toContain("application/problem+json");
    const problem = reply.json<{ errors: { field: string }[] }>();
    expect(problem.errors.map((error) => error.field).sort()).toEqual(["body", "count"]);
  });

  test("a page of another origin cannot act", async () => {
    const sergeant = await test_.as("sergeant");
    const reply = await sergeant.inject({
      method: "POST",
      url: "/api/probe",
      headers: { origin: "https://elsewhere.example" },
      payload: { count: 1 },
    });
    expect(reply.statusCode).toBe(403);
  });

  test("a page that gives this machine another name is not answered", async () => {
    for (const host of ["evil.example", "evil.example:4173", "127.0.0.1.evil.example"]) {
      const reply = await test_.app.inject({ url: "/api/session", headers: { host } });
      expect(reply.statusCode, host).toBe(421);
    }
    for (const host of ["127.0.0.1:4173", "localhost", "[::1]:4173"]) {
      const reply = await test_.app.inject({ url: "/api/session", headers: { host } });
      expect(reply.statusCode, host).toBe(200);
    }
  });

  test("what the browser calls another site cannot act, with or without an Origin", async () => {
    const sergeant = await test_.as("sergeant");
    for (const site of ["cross-site", "same-site"]) {
      const reply = await sergeant.inject({
        method: "POST",
        url: "/api/probe",
        headers: { "sec-fetch-site": site },
        payload: { count: 1 },
      });
      expect(reply.statusCode, site).toBe(403);
    }
  });

  test("choosing another role ends the session before", async () => {
    const sergeant = await test_.as("sergeant");
    await sergeant.send("POST", "/api/session", { role: "analyst" });
    expect((await sergeant.get("/api/session")).json()).toMatchObject({ signedIn: false });
  });

  test("an address that cannot be read gets problem details and is not repeated", async () => {
    const reply = await test_.app.inject({ url: "/%c0%ae" });
    expect(reply.statusCode).toBe(400);
    expect(reply.json()).toMatchObject({ title: "Request not valid" });
    expect(reply.body).not.toContain("%c0");
  });

  test("sign-in by role is refused from another machine and outside the demonstration", async () => {
    const remote = await test_.app.inject({
      method: "POST",
      url: "/api/session",
      remoteAddress: "192.0.2.7",
      payload: { role: "sergeant" },
    });
    expect(remote.statusCode).toBe(403);
    await db().transaction(ownerActor, (tx) => tx.query("delete from setting where key = 'demo'"));
    await test_.services.asAt.refresh(db());
    const real = await test_.stranger.send("POST", "/api/session", { role: "sergeant" });
    expect(real.statusCode).toBe(403);
  });

  test("a running server takes note that another process loaded the demonstration", async () => {
    expect((await test_.stranger.get("/api/session")).json()).toMatchObject({ demo: false });
    await db().transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: "2021-11-26" }));
    expect((await test_.stranger.get("/api/session")).json()).toMatchObject({
      demo: true,
      asAt: "2021-11-26",
    });
  });

  test("malformed JSON and unknown addresses get problem details, never a stack", async () => {
    const bad = await test_.app.inject({
      method: "POST",
      url: "/api/session",
      headers: { "content-type": "application/json" },
      payload: "{",
    });
    expect(bad.statusCode).toBe(400);
    expect(bad.body).not.toContain("at ");
    expect((await test_.stranger.get("/api/none")).json()).toMatchObject({ status: 404 });
  });
});
