import { expect, test } from "vitest";
import { type ReleaseReply, releaseReply } from "#core/releases/wire/release.ts";
import { allRoutes } from "#server/app/routes.ts";
import { operatorActor } from "#server/cli/command.ts";
import { ownerActor } from "#server/db/database.ts";
import { loadHighs } from "#server/patrols/solver/highs.ts";
import { releaseAnswers } from "#server/releases/answers.ts";
import { releaseCommand } from "#server/releases/commands/release.ts";
import { draftRelease } from "#server/releases/draft.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { addPatrol, fillDemo, removeOutreachAndPatrols } from "#tests/support/demo.ts";
import { attackForms } from "#tests/support/intruder/attack-forms.ts";
import { publicForms } from "#tests/support/intruder/public-forms.ts";
import { isWhole, partOf } from "#tests/support/runs.ts";

const publicAddresses = allRoutes
  .filter(({ url, audience }) => url.startsWith("/api/public/") && audience === "public")
  .map(({ url }) => url.replace(":number", "1").replace(":z/:x/:y", "0/0/0"));

type Exported = ReleaseReply["release"] &
  Omit<ReleaseReply, "release"> & { readonly state: string };

/** What differs from call to call, whatever is told. */
const ofTheCall = ["date", "x-request-id", "content-length"];

onOneEngine(
  "SAFEGUARDS 4: every public byte",
  ({ db }) => {
    const app = appWith(db);

    /** What anyone may fetch, what the command writes out, and what the next release of new months would hold. */
    const everything = async () => {
      const served: string[] = [];
      for (const address of publicAddresses) {
        const reply = await app.stranger.get(address);
        if (address.includes("/tiles/")) {
          // Read from a file that no table knows; none is kept here.
          expect(reply.statusCode, address).toBe(404);
          continue;
        }
        expect(reply.statusCode, address).toBe(200);
        served.push(reply.body);
      }
      const written = await runCommand(app.services, releaseCommand, {
        positionals: ["export", "1"],
      });
      const again = await draftRelease(
        { ...app.services, actor: operatorActor("tester") },
        {
          from: "2019-09",
          to: "2021-09",
          commitments: [],
        },
      );
      for (const address of ["/public", "/public/1?area=E09000010"])
        served.push((await app.stranger.get(address)).body);
      // What the draft says of operations stands in release 1 already, and is worked out again here.
      return {
        frozen: [...served, JSON.stringify(written.json), ...written.text],
        made: [JSON.stringify(await releaseAnswers(app.services)), JSON.stringify(again.content)],
      };
    };

    test("is the same with outreach, patrols, discovered events and partners' reports as without them", async () => {
      expect(publicAddresses).toEqual([
        "/api/public/releases",
        "/api/public/releases/latest",
        "/api/public/releases/1",
        "/api/public/law",
        "/api/public/releases/1/csv",
      ]);
      await addPatrol(db());
      const withThem = await everything();
      expect(await removeOutreachAndPatrols(db())).toBeGreaterThan(1_000);
      expect(await everything()).toEqual(withThem);
      const removed = await db().transaction(ownerActor, (tx) =>
        tx.query<{ source: string }>(
          "delete from event where source in ('police', 'partner') returning source",
        ),
      );
      expect(removed.filter(({ source }) => source === "police").length).toBeGreaterThan(100);
      expect(removed.filter(({ source }) => source === "partner").length).toBeGreaterThan(100);
      expect(await everything()).toEqual(withThem);
      expect([...withThem.frozen, ...withThem.made].join()).not.toMatch(
        /outreach session|keep clear|blackout/iu,
      );
    });

    test.runIf(isWhole)(
      "SAFEGUARDS 7: served, exported, as files, slides, handout and charts, they narrow nothing together",
      async () => {
        const highs = await loadHighs();
        const headersOf = async (address: string) =>
          Object.entries((await app.stranger.get(address)).headers).filter(
            ([name]) => !ofTheCall.includes(name),
          );
        const withoutFigures = await headersOf("/api/public/releases");
        const replies: ReleaseReply[] = [];
        for (const address of publicAddresses.slice(1, 3)) {
          const { headers, body } = await app.stranger.get(address);
          replies.push(releaseReply.parse(JSON.parse(body)));
          expect(await headersOf(address)).toEqual(withoutFigures);
          expect(headers["content-length"]).toBe(String(Buffer.byteLength(body)));
        }
        const { json } = await runCommand(app.services, releaseCommand, {
          positionals: ["export", "1"],
        });
        const { state, approvedOn, hash, previousHash, withdrawn, ...release } = json as Exported;
        expect(state).toBe("approved");
        replies.push(releaseReply.parse({ release, approvedOn, hash, previousHash, withdrawn }));
        const held = replies.map((reply, at) => ({
          reply,
          forms: publicForms(reply, at === 0 ? partOf(reply.release.months, 12, 0) : []),
        }));
        const found = attackForms(highs, held, () => false);
        expect([found.odd, found.narrowed]).toEqual([[], []]);
        expect(found.tried).toBeGreaterThan(50);
      },
    );

    test("and another as soon as what residents reported is another", async () => {
      const before = await everything();
      await db().transaction(ownerActor, (tx) =>
        tx.query("delete from event where kind = 'complaint' and source = 'resident'"),
      );
      const after = await everything();
      // What was released stands; what would be said next differs, each of it.
      expect(after.frozen).toEqual(before.frozen);
      for (const [at, now] of after.made.entries()) expect(now).not.toBe(before.made[at]);
    });
  },
  fillDemo,
);
