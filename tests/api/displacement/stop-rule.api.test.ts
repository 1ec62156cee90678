import { expect, test } from "vitest";
import { displacementReply } from "#core/displacement/wire/displacement.ts";
import { operationReportReply, operationsReply } from "#core/displacement/wire/operations.ts";
import { type StopReply, stopReply } from "#core/displacement/wire/stop-rule.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

const rule = { choices: ["neighbour", "pause"], acts: "sergeant", withinDays: 14, reason: null };

onOneEngine(
  "a stop rule over HTTP",
  ({ db }) => {
    const app = appWith(db);
    const [analyst, sergeant] = [app.caller("analyst"), app.caller("sergeant")];
    const at = (id: number, act = "") => `/api/operations/${id}/stop-rule${act}`;
    const done = (reply: { readonly statusCode: number; readonly body: string }): StopReply => {
      expect(reply.statusCode, reply.body).toBe(200);
      return stopReply.parse(JSON.parse(reply.body));
    };
    const planned = async () => {
      const cells = disk(cellAt([-0.09, 51.65], 10), 1);
      const treated = { by: "picked", name: null, cells };
      const ground = { endsOn: null, treated, control: null, phases: [] };
      const body = { name: "Planned", startsOn: "2021-12-01", ...ground };
      const reply = await analyst.send("POST", "/api/operations", body);
      return (reply.json() as { id: number }).id;
    };
    const demo = async () => {
      const { operations } = operationsReply.parse((await analyst.get("/api/operations")).json());
      return operations.find(({ name }) => name === "boxster-2021")?.id ?? 0;
    };

    test("is written by one, confirmed by another and then stays, in the order in which it is said", async () => {
      const id = await planned();
      const { waiting, inForce } = done(await analyst.send("POST", at(id), rule));
      expect(inForce).toBeNull();
      expect(waiting).toMatchObject({ choices: ["pause", "neighbour"], askedOn: "2021-11-26" });
      const confirm = { rule: waiting?.id };
      const own = await analyst.send("POST", at(id, "/confirm"), confirm);
      expect(own.statusCode).toBe(403);
      expect(own.body).toContain("You wrote this.");
      const agreed = done(await sergeant.send("POST", at(id, "/confirm"), confirm));
      expect(agreed).toMatchObject({
        firstLookOn: "2021-12-08",
        waiting: null,
        inForce: { askedBy: "demonstration analyst", confirmedBy: "demonstration sergeant" },
      });
      const again = await sergeant.send("POST", at(id, "/confirm"), confirm);
      expect(again.statusCode).toBe(409);
      const other = await sergeant.send("POST", at(id), { ...rule, withinDays: 7 });
      expect(other.statusCode).toBe(422);
      expect(other.body).toContain("A reason is needed");
      const named = { ...rule, reason: "John Smith asked for it." };
      expect((await sergeant.send("POST", at(id), named)).statusCode).toBe(400);
      const reason = "Two more streets are worked now.";
      done(await sergeant.send("POST", at(id), { ...rule, reason }));
      const two = done(await sergeant.send("POST", at(id), { ...rule, withinDays: 7, reason }));
      expect(two).toMatchObject({ inForce: { withinDays: 14 }, waiting: { withinDays: 7 } });
      const remove = await analyst.send("DELETE", `/api/operations/${id}?revision=1`);
      expect(remove.statusCode).toBe(409);
      expect(remove.body).toContain("Its stop rule has been agreed");
    });

    test.each([
      { choices: [] },
      { choices: ["pause", "pause"] },
      { choices: ["march"] },
      { withinDays: 0 },
      { withinDays: 29 },
      { acts: "partner" },
    ])("is refused as %j", async (wrong) => {
      const reply = await analyst.send("POST", at(await demo()), { ...rule, ...wrong });
      expect(reply.statusCode).toBe(400);
    });

    test("is answered by two, about a boundary that has risen, and the report has it", async () => {
      const id = await demo();
      const assessed = await analyst.get("/api/displacement?operation=boxster-2021");
      const { edges } = displacementReply.parse(assessed.json());
      const risen = edges.filter(({ evidence }) => evidence?.movedOn != null);
      expect(risen.map(({ neighbour }) => neighbour)).toEqual(["Waltham Forest"]);
      const answer = { neighbour: "Waltham Forest", asAgreed: true, words: null };
      const send = (more: object = {}) =>
        sergeant.send("POST", at(id, "/answer"), { ...answer, ...more });
      const early = await send();
      expect(early.statusCode).toBe(409);
      expect(early.body).toContain("No rule has been agreed");
      const late = { ...rule, reason: "It was not set in time." };
      const { waiting } = done(await analyst.send("POST", at(id), late));
      done(await sergeant.send("POST", at(id, "/confirm"), { rule: waiting?.id }));
      expect((await send({ asAgreed: false })).statusCode).toBe(400);
      expect((await send({ neighbour: "Barnet" })).body).toContain("nothing to answer");
      const { answers: first } = done(await send({ words: "Once more." }));
      const { risen: kept, answers } = done(await send());
      expect(kept.map(({ neighbour }) => neighbour)).toEqual(["Waltham Forest"]);
      expect(answers).toMatchObject([
        { words: null, answeredBy: "demonstration sergeant", byTwo: true, confirmedOn: null },
      ]);
      const confirm = (caller: typeof analyst, of = answers) =>
        caller.send("POST", at(id, "/answer/confirm"), { answer: of[0]?.id });
      const own = await confirm(sergeant);
      expect(own.statusCode).toBe(403);
      expect(own.body).toContain("You wrote this.");
      expect((await confirm(analyst, first)).statusCode).toBe(409);
      expect(done(await confirm(analyst)).answers).toMatchObject([
        { confirmedOn: "2021-11-26", confirmedBy: "demonstration analyst" },
      ]);
      expect((await confirm(analyst)).statusCode).toBe(409);
      expect((await send({ words: "Once more." })).statusCode).toBe(409);
      const report = await sergeant.get(`/api/operations/${id}/report`);
      expect(operationReportReply.parse(report.json()).stopRule).toMatchObject({
        inForce: { reason: "It was not set in time." },
        answers: [{ asAgreed: true }],
      });
      // What was agreed goes into the next release; who agreed it does not.
      const preview = await analyst.get("/api/releases/preview");
      expect(preview.body).toContain("If reports rise at a boundary: pause new patrols");
      expect(preview.body).not.toContain("demonstration sergeant");
    });

    test("of no operation there is none", async () => {
      expect((await analyst.get(at(999))).statusCode).toBe(404);
      expect((await analyst.send("POST", at(999), rule)).statusCode).toBe(404);
    });
  },
  fillDemo,
);
