import { expect, test } from "vitest";
import { operationsReply } from "#core/displacement/wire/operations.ts";
import { createRandom } from "#core/random.ts";
import { importCalls } from "#core/records/wire/import.ts";
import { type ReleaseReply, releaseReply } from "#core/releases/wire/release.ts";
import { releasesReply } from "#core/releases/wire/releases.ts";
import { ownerActor, systemActor } from "#server/db/database.ts";
import { readSetting, writeSetting } from "#server/db/settings.ts";
import { placesKey } from "#server/places/areas.ts";
import { forgetPlaces } from "#server/places/places.ts";
import { releaseCommand } from "#server/releases/commands/release.ts";
import { sha256 } from "#server/releases/hash.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { fieldsOfOperation } from "#tests/support/audit-samples-operations.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { addPatrol, fillDemo, removeOutreachAndPatrols } from "#tests/support/demo.ts";
import { plainTable } from "#tests/support/import.ts";
import { publicForms } from "#tests/support/intruder/public-forms.ts";
import { partOf } from "#tests/support/runs.ts";

onOneEngine(
  "SAFEGUARDS 22: an approved release",
  ({ db }) => {
    const app = appWith(db);

    /** The hash of every form of release 1 by its name: as served, written out, as files, slides, charts and handout. */
    const hashes = async (): Promise<Record<string, string>> => {
      const { body } = await app.stranger.get("/api/public/releases/1");
      const reply: ReleaseReply = releaseReply.parse(JSON.parse(body));
      const { json, text } = await runCommand(app.services, releaseCommand, {
        positionals: ["export", "1"],
      });
      const page = await app.stranger.get("/public/1?area=E09000010");
      const forms = publicForms(reply, partOf(reply.release.months, 12, 0));
      return Object.fromEntries(
        [
          ["served", body] as const,
          ["page", page.body + page.headers.etag] as const,
          ["export", JSON.stringify(json) + text.join()] as const,
          ...forms.map(
            ({ kind, month, level, area, text: form }, at) =>
              [`${at} ${kind} ${month} ${level} ${area}`, form] as const,
          ),
        ].map(([name, form]) => [name, sha256(form)]),
      );
    };
    const sql = (statement: string) => db().transaction(ownerActor, (tx) => tx.script(statement));
    const asWhole = (statement: string, ...tables: string[]) =>
      sql(
        [
          ...tables.map((table) => `alter table ${table} no force row level security`),
          statement,
          ...tables.map((table) => `alter table ${table} force row level security`),
        ].join(";\n"),
      );
    const ok = async (reply: ReturnType<TestCaller["send"]>) => {
      const { statusCode, body } = await reply;
      expect(statusCode, body.slice(0, 300)).toBe(200);
    };

    test("no later act changes a byte of any form of it: 20 acts in a random order", async () => {
      const [analyst, auditor, sergeant, partner] = await Promise.all([
        app.as("analyst"),
        app.as("auditor"),
        app.as("sergeant"),
        app.as("partner", "a"),
      ]);
      // In the very streets of the one that release 1 tells of: that alone changed its banner once.
      const { operations } = operationsReply.parse((await analyst.get("/api/operations")).json());
      const [told] = operations;
      let added = 0;
      const operation = () => {
        added += 1;
        const name = `Fore Street ${["one", "two", "three", "four"][added] ?? "more"}`;
        return ok(
          sergeant.send("POST", "/api/operations", {
            ...fieldsOfOperation,
            name,
            startsOn: "2021-08-01",
            treated: { ...told?.treatedArea, cells: told?.cells },
            phases: [{ name: "Clear", startsOn: "2021-08-01" }],
          }),
        );
      };
      const importFile = async () => {
        const reply = await analyst.inject({
          method: "POST",
          url: `/api/imports?fileName=more-${Math.random()}.csv`,
          headers: { "content-type": "application/octet-stream" },
          payload: plainTable(["2021-06-05", "2021-08-05", `2021-09-0${1 + (added % 9)}`]),
        });
        expect(reply.statusCode, reply.body.slice(0, 300)).toBe(200);
        added += 1;
      };
      const undo = async () => {
        await importFile();
        const { batches } = importCalls.list.reply.parse(
          (await analyst.get("/api/imports")).json(),
        );
        await ok(analyst.send("DELETE", `/api/imports/${batches[0]?.id}`));
      };
      const release = async () => {
        const drafted = await analyst.send("POST", "/api/releases/drafts", {});
        const [draft] = drafted.json<{ drafts: { id: number; contentHash: string }[] }>().drafts;
        const path = `/api/releases/drafts/${draft?.id}`;
        await ok(partner.send("POST", `${path}/object`, { reason: "Not this month." }));
        await ok(partner.send("POST", `${path}/take-back`));
        const approved = await auditor.send("POST", `${path}/approve`, {
          contentHash: draft?.contentHash,
        });
        return releasesReply.parse(approved.json()).releases[0]?.number;
      };
      const session = async () => {
        const { places } = (await partner.get("/api/outreach/places")).json<{
          places: { id: string }[];
        }>();
        const rule = {
          repeats: "once",
          firstDate: "2021-12-06",
          start: "20:10",
          end: "21:50",
        };
        await ok(partner.send("POST", "/api/outreach/sessions", { placeId: places[0]?.id, rule }));
      };
      const acts: readonly (readonly [string, () => Promise<unknown>])[] = [
        ["an operation is added", operation],
        ["another", operation],
        [
          "the operation is renamed",
          () =>
            asWhole(
              "update operation set name = 'another name', revision = revision + 1 where operation_id = 1",
              "operation",
            ),
        ],
        [
          "its streets change",
          () =>
            asWhole(
              "delete from operation_cell where operation_id = 1 and cell % 2 = 0",
              "operation_cell",
            ),
        ],
        ["a file is imported", importFile],
        ["an import is undone", undo],
        [
          "residents' complaints of the months are erased",
          () =>
            asWhole(
              "delete from event where kind = 'complaint' and source = 'resident' and id % 3 = 0",
              "event",
            ),
        ],
        [
          "the rest of the boundary fills",
          () =>
            asWhole(
              "update event set cell = (select cell from operation_cell limit 1) where id % 7 = 0",
              "event",
              "operation_cell",
            ),
        ],
        [
          "a total is corrected",
          () =>
            ok(
              analyst.send("PUT", "/api/tallies/1", {
                revision: 1,
                value: 44,
                reason: "records_came_late",
              }),
            ),
        ],
        ["a session is saved", session],
        [
          "an area is renamed",
          () =>
            asWhole("update area set name = 'Renamed ' || name", "area").then(() =>
              forgetPlaces(db()),
            ),
        ],
        [
          "places are renamed",
          () =>
            asWhole(
              "update named_place set name = 'New ' || name where kind = 'neighbourhood'",
              "named_place",
            ).then(() => forgetPlaces(db())),
        ],
        [
          "other licences hold",
          () =>
            db()
              .transaction(systemActor, async (tx) => {
                const held = await readSetting<{ pack?: object }>(tx, placesKey);
                await writeSetting(tx, placesKey, {
                  ...held,
                  pack: { ...held?.pack, attributions: ["Another licence"] },
                });
              })
              .then(() => forgetPlaces(db())),
        ],
        ["another release is made", release],
        ["and another", release],
        [
          "one is withdrawn",
          async () => {
            const number = await release();
            await ok(
              auditor.send("POST", `/api/releases/${number}/withdraw`, {
                notice: "A map was wrong.",
              }),
            );
          },
        ],
        ["a patrol is approved", () => addPatrol(db())],
        ["outreach and patrols go", () => removeOutreachAndPatrols(db())],
        [
          "settings change",
          () =>
            db().transaction(systemActor, (tx) => writeSetting(tx, "demo", { asAt: "2022-02-20" })),
        ],
        [
          "partners are renamed",
          () => asWhole("update partner set name = 'Other ' || code", "partner"),
        ],
      ];
      expect(acts).toHaveLength(20);
      const before = await hashes();
      expect(Object.keys(before).length).toBeGreaterThan(25);
      const random = createRandom(22);
      // Of other areas, or at another date, the same months cannot be released once more.
      const order = acts
        .map((act) => ({ act, at: random.next() + (lastActs.includes(act[0]) ? 1 : 0) }))
        .sort((a, b) => a.at - b.at);
      const done: string[] = [];
      for (const { act } of order) {
        const [name, perform] = act;
        done.push(name);
        await perform();
        expect(await hashes(), done.join(", ")).toEqual(before);
      }
    }, 300_000);
  },
  fillDemo,
);

const lastActs = [
  "outreach and patrols go",
  "an area is renamed",
  "places are renamed",
  "settings change",
];
