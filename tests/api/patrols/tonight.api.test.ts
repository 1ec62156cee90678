import { setTimeout as wait } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { tonightReply } from "#core/patrols/wire/tonight.ts";
import { ownerActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { fillPlaces } from "#server/places/load.ts";
import { appWith } from "#tests/support/app-with.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { type LiveServer, listenLive } from "#tests/support/live.ts";
import { agreedShift } from "#tests/support/past-shift.ts";
import { planAsAt } from "#tests/support/plan-database.ts";

const key = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

onOneEngine(
  "tonight over HTTP",
  ({ db }) => {
    const app = appWith(db);
    let server: LiveServer;
    let planId: string;
    const stay = (windowId: string, over: object = {}) => ({
      planId,
      windowId,
      order: 1,
      arrivedAgo: 30,
      leftAgo: null,
      ...over,
    });
    beforeAll(async () => {
      await db().transaction(ownerActor, (tx) => writeSetting(tx, "demo", { asAt: planAsAt }));
      planId = (await agreedShift(db(), planAsAt)).planId;
      await app.as("warden");
      // At whatever hour this runs, it is within an hour of the shift.
      await db().transaction(ownerActor, (tx) =>
        tx.query(`update patrol_window set shift_starts_at = '${planAsAt} 00:00+00',
          shift_ends_at = '${planAsAt} 23:59+00',
          patrol_partner = case unit when 2 then 'enfield-wardens' end,
          unit = case unit when 2 then 102 else unit end`),
      );
      server = await listenLive(app.app);
    });

    test("a tap is heard within two seconds by the desk and by the own units, and by nobody else", async () => {
      const roles = ["sergeant", "warden", "analyst"] as const;
      const screens = new Map(
        await Promise.all(
          roles.map(async (role) => [role, await server.open(await server.signIn(role))] as const),
        ),
      );
      const heard = (role: (typeof roles)[number]) => screens.get(role)?.looks ?? [];
      const sergeant = await app.as("sergeant");
      const warden = await app.as("warden");
      const reply = await sergeant.send("PUT", `/api/tonight/stays/${key(1)}`, stay("w1"));
      expect(reply.statusCode, reply.body).toBe(200);
      tonightReply.parse(reply.json());
      expect(await screens.get("sergeant")?.until("tonight")).toBeLessThan(2_000);
      const before = heard("sergeant").length;
      await wait(300);
      expect(heard("warden")).toEqual([]);
      const theirs = await warden.send("PUT", `/api/tonight/stays/${key(2)}`, stay("w2"));
      expect(theirs.statusCode, theirs.body).toBe(200);
      expect(await screens.get("warden")?.until("tonight")).toBeLessThan(2_000);
      expect(await screens.get("sergeant")?.until("tonight", before)).toBeLessThan(2_000);
      expect(heard("analyst")).toEqual([]);
      for (const screen of screens.values()) screen.close();
    });

    test("what is refused says why, saves nothing and names nobody; the log says which patrol", async () => {
      const sergeant = await app.as("sergeant");
      const send = (n: number, body: object) =>
        sergeant.send("PUT", `/api/tonight/stays/${key(n)}`, body);
      const before = await lastId(db());
      expect((await send(3, stay("w1"))).statusCode).toBe(200);
      const [line] = await linesAfter(db(), before);
      expect(line).toMatchObject({ act: "log a stop of a patrol", verb: "collection" });
      expect(JSON.parse(line?.detail ?? "")).toEqual({ plan: planId, window: "w1" });
      const other = await send(3, stay("w1", { order: 2 }));
      expect(other.statusCode).toBe(409);
      expect(other.json().detail).toBe("This tap was sent for another stop before. Tap again.");
      expect((await send(4, stay("w1", { order: 8 }))).statusCode).toBe(400);
      expect((await send(4, stay("w1", { arrivedAgo: 90_000 }))).statusCode).toBe(400);
      expect((await send(4, stay("w1", { leftAgo: 31 }))).json().detail).toBe(
        "The unit cannot have left before it arrived.",
      );
      expect((await send(4, stay("w2"))).statusCode).toBe(404);
      const windows = [{ planId, windowId: "w1" }];
      const stands = await sergeant.send("POST", "/api/tonight/seen", { windows });
      expect(stands.json().detail).toBe("Patrol w1 is still on. Nothing was saved.");
      const kept = await db().transaction(ownerActor, (tx) =>
        tx.query<{ key: string }>("select key from patrol_stay order by key"),
      );
      expect(kept.map((one) => one.key)).toEqual([key(1), key(2), key(3)]);
      expect((await sergeant.send("DELETE", `/api/tonight/stays/${key(3)}`)).statusCode).toBe(200);
      expect((await sergeant.send("DELETE", `/api/tonight/stays/${key(9)}`)).statusCode).toBe(200);
    });
  },
  fillPlaces,
);
