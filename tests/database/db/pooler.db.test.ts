import { expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { openTestApp } from "#tests/support/app.ts";
import { openTestDatabase } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { listenLive } from "#tests/support/live.ts";
import { startPooler } from "#tests/support/pooler.ts";

test("behind PgBouncer in transaction mode nothing is heard, which is found at once, and all else works", async ({
  skip,
}) => {
  const server = process.env["TEST_DATABASE_URL"];
  if (!server) return skip("TEST_DATABASE_URL names no server");
  const own = await openTestDatabase("postgres");
  const pooler = await startPooler(own.url ?? "");
  if ("reason" in pooler) {
    await own.drop();
    return skip(pooler.reason);
  }
  const deaf = openPostgres(pooler.url);
  const hearing = openPostgres(pooler.url, { listenUrl: own.url });
  try {
    await fillDemo(deaf);
    const line = await deaf.listen(() => undefined);
    expect(line.hears).toBe(false);
    const app = await openTestApp(deaf);
    const { signIn, url } = await listenLive(app.app);
    // No browser comes back by itself after this; the page asks once a minute.
    const live = await fetch(`${url}/api/live`, { headers: { cookie: await signIn("sergeant") } });
    expect(live.status).toBe(204);
    const analyst = await app.as("analyst");
    const replies = await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        analyst.get(at % 2 ? "/api/events" : "/api/hotspots?from=2021-10-01&to=2021-11-26"),
      ),
    );
    expect(new Set(replies.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    await app.close();

    const heard: (string | null)[] = [];
    const past = await hearing.listen((word) => heard.push(word));
    expect(past.hears).toBe(true);
    await hearing.transaction(ownerActor, (tx) =>
      tx.query("select pg_notify('boxster', 'setting 7')"),
    );
    await expect.poll(() => heard).toEqual(["setting 7"]);
    await past.stop();
  } finally {
    await deaf.close();
    await hearing.close();
    await pooler.stop();
    await own.drop();
  }
});
