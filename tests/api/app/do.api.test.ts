import { expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { doCommand } from "#server/app/do-command.ts";
import { allRoutes } from "#server/app/routes.ts";
import { ownerActor } from "#server/db/database.ts";
import type { Audience } from "#server/http/route.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

const isPartners = (audience: Audience) =>
  typeof audience !== "string" && audience.every((role) => role === "partner" || role === "warden");

onOneEngine(
  "any call by whoever is at the machine",
  ({ db }) => {
    const app = appWith(db);
    const make = (...positionals: string[]) => runCommand(app.services, doCommand, { positionals });
    const lastLine = async () =>
      db().transaction(ownerActor, (tx) =>
        tx.query(`select person, role, verb, act, outcome from audit order by id desc limit 1`),
      );

    test("every call with a JSON reply is listed with what it does", async () => {
      const { json } = await runCommand(app.services, doCommand, { values: { list: true } });
      const { calls } = json as { calls: { call: string; summary: string }[] };
      expect(calls).toHaveLength(
        allRoutes.filter(
          ({ replySchema, fresh, limit, audience }) =>
            replySchema && !fresh && !limit && !isPartners(audience),
        ).length,
      );
      expect(calls).toContainEqual(expect.objectContaining({ call: "GET /api/place-plans" }));
    });

    test("it answers as the interface does, and its line names the operator and the act", async () => {
      const analyst = await app.as("analyst");
      const address = "/api/hotspots?from=2021-10-01&to=2021-11-26&resolution=9";
      const { json } = await make(`GET ${address}`);
      expect(json).toEqual((await analyst.get(address)).json());
      await make("get /api/operations");
      expect(await lastLine()).toEqual([
        {
          person: "tester",
          role: "operator",
          verb: "consultation",
          act: "list operations",
          outcome: "done",
        },
      ]);
    });

    test("a change is made once and reads back; the same again is refused by the database", async () => {
      const body = JSON.stringify({
        name: "Typed",
        startsOn: "2021-10-01",
        endsOn: null,
        control: null,
        phases: [],
        treated: { by: "cells", name: null, cells: [cellAt([-0.0631, 51.6179], 10)] },
      });
      expect((await make("POST /api/operations", body)).json).toMatchObject({ name: "Typed" });
      expect((await make("GET /api/operations")).text.join("\n")).toContain('"Typed"');
      await expect(make("POST /api/operations", body)).rejects.toThrow(/operation_name_key/);
    });

    test("a wrong body, address or call is refused in words, and nothing is kept", async () => {
      await expect(make("POST /api/saved-views", "{")).rejects.toThrow(/^The body is not JSON/);
      await expect(make("POST /api/saved-views", "{}")).rejects.toThrow(
        /^The body is not valid: name/,
      );
      await expect(make("GET /api/asdfgh")).rejects.toThrow(/There is no call "GET \/api\/asdfgh"/);
      await expect(make("GET /api/place-plans/x/history")).rejects.toThrow(
        /^The address is not valid/,
      );
      await expect(make("GET /api/place-plans/%zz/history")).rejects.toThrow(
        /^"%zz" is not a valid/,
      );
      await expect(make()).rejects.toThrow(/^Which call/);
    });

    test("what an operator may not do is refused in words, and the refusal is logged", async () => {
      for (const [address, body] of [
        ["GET /api/coordinator", "{}"],
        ["PUT /api/place-plans/1/shares", '{"partners":["a"]}'],
      ] as const) {
        await expect(make(address, body)).rejects.toThrow(/^An operator may not do this/);
        expect(await lastLine()).toMatchObject([{ role: "operator", outcome: "refused" }]);
      }
    });

    test("what needs a browser, wants a proof of presence, is limited against probing or is a partner's is not made", async () => {
      await expect(make("GET /api/session")).rejects.toThrow(/Only a page can make this call/);
      for (const { method, url, fresh, limit, audience } of allRoutes) {
        if (!fresh && !limit && !isPartners(audience)) continue;
        await expect(make(`${method} ${url.replaceAll(/:\w+/g, "1")}`)).rejects.toThrow(/no call/);
      }
    });

    test("SAFEGUARDS 1: no call tells an operator what partners keep", async () => {
      const kept = await db().transaction(ownerActor, (tx) =>
        tx.query<{ label: string }>("select label from saved_place where label is not null"),
      );
      expect(kept.length).toBeGreaterThan(0);
      const reads = allRoutes.filter(
        ({ method, url, replySchema, query }) =>
          method === "GET" && replySchema && !url.includes(":") && !query,
      );
      const answers = await Promise.all(
        reads.map(({ url }) =>
          make(`GET ${url}`).then(
            ({ text }) => text.join("\n"),
            (error: Error) => error.message,
          ),
        ),
      );
      for (const [at, answer] of answers.entries()) {
        for (const { label } of kept) expect(answer, reads[at]?.url).not.toContain(label);
      }
    });
  },
  fillDemo,
);
