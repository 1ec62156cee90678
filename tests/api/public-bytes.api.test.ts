import { afterAll, beforeAll, expect, test } from "vitest";
import { operatorActor } from "#server/cli/actor.ts";
import { releaseCommand } from "#server/cli/release.ts";
import { ownerActor } from "#server/db/database.ts";
import { draftRelease } from "#server/release/draft.ts";
import { allRoutes } from "#server/routes/routes.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { addPatrol, fillDemo, removeOutreachAndPatrols } from "#tests/support/demo.ts";

const publicAddresses = allRoutes
  .filter(({ url, audience }) => url.startsWith("/api/public/") && audience === "public")
  .map(({ url }) => url.replace(":number", "1"));

onEachEngine(
  "SAFEGUARDS 4: every public byte",
  ({ db }) => {
    let app: TestApp;
    beforeAll(async () => {
      app = await openTestApp(db());
    });
    afterAll(() => app.close());

    /** What anyone may fetch, what the command writes out, and what the next release of new months would hold. */
    const everything = async (): Promise<string[]> => {
      const served: string[] = [];
      for (const address of publicAddresses) {
        const reply = await app.stranger.get(address);
        expect(reply.statusCode, address).toBe(200);
        served.push(reply.body);
      }
      const written = await runCommand(app.services, releaseCommand, {
        positionals: ["export", "1"],
      });
      const anew = await draftRelease(app.services, operatorActor("tester"), {
        from: "2019-09",
        to: "2021-09",
        commitments: [],
      });
      return [
        ...served,
        JSON.stringify(written.json),
        ...written.text,
        JSON.stringify(anew.content),
      ];
    };

    test("is the same with outreach, patrols and discovered events as without them", async () => {
      expect(publicAddresses).toEqual([
        "/api/public/releases",
        "/api/public/releases/latest",
        "/api/public/releases/1",
      ]);
      await addPatrol(db());
      const withThem = await everything();
      expect(await removeOutreachAndPatrols(db())).toBeGreaterThan(1_000);
      expect(await everything()).toEqual(withThem);
      const removed = await db().transaction(ownerActor, (tx) =>
        tx.query("delete from event where source = 'police' returning 1"),
      );
      expect(removed.length).toBeGreaterThan(100);
      expect(await everything()).toEqual(withThem);
      expect(withThem.join()).not.toMatch(/outreach session|keep clear|blackout/iu);
    });

    test("and another as soon as what residents reported is another", async () => {
      const before = await everything();
      await db().transaction(ownerActor, (tx) =>
        tx.query("delete from event where kind = 'complaint' and source = 'resident'"),
      );
      const after = await everything();
      // What was released stands; the next release of months that never were would differ.
      expect(after.slice(0, -1)).toEqual(before.slice(0, -1));
      expect(after.at(-1)).not.toBe(before.at(-1));
    });
  },
  fillDemo,
);
