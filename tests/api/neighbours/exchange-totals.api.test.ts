import { beforeAll, describe, expect, test } from "vitest";
import { totalsTemplate } from "#core/neighbours/totals-file.ts";
import {
  exchangeReply,
  type NeighbourExchange,
  type OwnExchangeReply,
  ownExchangeReply,
  totalsReply,
} from "#core/neighbours/wire.ts";
import { ownerActor } from "#server/db/database.ts";
import { displacementCommand } from "#server/displacement/commands/displacement.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { barnetAgreement } from "#tests/support/exchange.ts";
import { raiseAlert } from "#tests/support/watch.ts";

const forest = "Waltham Forest";

onOneEngine(
  "what crosses the line",
  ({ db }) => {
    const app = appWith(db);
    const liaison = app.caller("liaison");
    const sergeant = app.caller("sergeant");
    const analyst = app.caller("analyst");
    beforeAll(async () => {
      await analyst.send("POST", "/api/exchange/agreements", barnetAgreement);
    });

    const own = async (): Promise<OwnExchangeReply> =>
      ownExchangeReply.parse((await liaison.get("/api/exchange/own")).json());
    const seenBy = async (name: string): Promise<NeighbourExchange> => {
      const reply = exchangeReply.parse((await sergeant.get("/api/exchange")).json());
      const found = reply.neighbours.find(({ neighbour }) => neighbour === name);
      if (!found) throw new Error(`${name} is missing`);
      return found;
    };
    const give = (body: unknown) => liaison.send("POST", "/api/exchange/totals", body);

    describe("totals received", () => {
      const template = async () => {
        const { agreement, open } = await own();
        const quarters = open.map(({ quarter }) => quarter);
        return totalsTemplate({ neighbour: forest, zoneHash: agreement?.zoneHash ?? "", quarters });
      };

      test("come by the form; a revision keeps what was given before", async () => {
        const first = await give({ totals: [{ quarter: "2020-Q4", reports: "31" }] });
        expect(totalsReply.parse(first.json())).toMatchObject({ taken: 1, unchanged: 0 });
        const same = await give({ totals: [{ quarter: "2020-Q4", reports: "31" }] });
        expect(totalsReply.parse(same.json())).toMatchObject({ taken: 0, unchanged: 1 });
        await give({ totals: [{ quarter: "2020-Q4", reports: "fewer than 10" }] });
        const seen = await seenBy(forest);
        expect(seen.totals.find(({ quarter }) => quarter === "2020-Q4")?.reports).toBeNull();
        expect(seen.replaced).toMatchObject([{ quarter: "2020-Q4", reports: 31 }]);
      });

      test("given for an older zone are given again, the same number too", async () => {
        const body = { totals: [{ quarter: "2021-Q1", reports: "14" }] };
        expect((await give(body)).json()).toMatchObject({ taken: 0, unchanged: 1 });
        const zone = (sql: string) =>
          db().transaction(ownerActor, (tx) =>
            tx.query(`update neighbour_agreement set cells = ${sql} where neighbour = '${forest}'`),
          );
        await zone("cells || 622236719905341439");
        expect((await own()).totals.every(({ isOlderZone }) => isOlderZone)).toBe(true);
        expect((await give(body)).json()).toMatchObject({ taken: 1, unchanged: 0 });
        await zone("cells[:cardinality(cells) - 1]");
        expect((await own()).totals.some(({ isOlderZone }) => isOlderZone)).toBe(false);
      });

      test("come by the file that was downloaded, filled in", async () => {
        const file = (await template()).replaceAll(",,", ",42,");
        const reply = totalsReply.parse((await give({ file })).json());
        expect(reply.taken).toBe(4);
        expect(reply.totals.every(({ reports }) => reports === 42)).toBe(true);
      });

      test("are taken whole or not at all, each fault with row, column, value and reason", async () => {
        const before = (await own()).totals;
        const file = (await template())
          .replace("2020-Q4,,", "2020-Q4,50,")
          .replace("2021-Q1,,", "2021-Q1,9,")
          .replace("2021-Q2,,", "2021-02,50,")
          .replace(/2021-Q3,,\w+/, "2021-Q3,1e308,0123456789ab");
        const reply = await give({ file });
        expect(reply.statusCode).toBe(422);
        expect(reply.json()).toMatchObject({
          title: "Nothing was saved",
          errors: [
            { row: 3, field: "reports", value: "9" },
            { row: 4, field: "quarter", value: "2021-02" },
            { row: 5, field: "reports", value: "1e308" },
            { row: 5, field: "agreed", value: "0123456789ab" },
          ],
        });
        expect((await own()).totals).toEqual(before);
      });

      test("of another agreement's file are refused, and a file too large is not read", async () => {
        const file = (await template()).replaceAll(",,", ",42,").replaceAll(forest, "Hackney");
        expect((await give({ file })).statusCode).toBe(422);
        expect((await give({ file: "x".repeat(61_000) })).statusCode).toBe(400);
        expect((await give({ file: "x".repeat(200_000) })).statusCode).toBe(413);
        for (const body of [{}, { totals: [] }, { file: "", totals: [] }, { totals: [{}] }, []]) {
          expect((await give(body)).statusCode).toBe(400);
        }
      });

      test("complete an edge that is one-sided, for whole quarters alone, and name where they are from", async () => {
        const ask = async (start: string, before: number, after: number) => {
          const url = `/api/displacement?area=Enfield&start=${start}&before=${before}&after=${after}`;
          const reply = (await sergeant.get(url)).json<{
            edges: { neighbour: string; oneSided: boolean; outer: unknown; received?: object }[];
          }>();
          return reply.edges.find(({ neighbour }) => neighbour === "Epping Forest");
        };
        const whole = await ask("2021-07-01", 91, 92);
        expect(whole).toMatchObject({
          oneSided: true,
          outer: null,
          received: { reference: "EX/2021/06", outer: [18, 23] },
        });
        expect(JSON.stringify(whole?.received)).toContain(
          "totals received from Epping Forest, reference EX/2021/06",
        );
        const part = await ask("2021-07-02", 91, 91);
        expect(part).toMatchObject({ received: { outer: null, verdict: "cannot_tell" } });
        expect(JSON.stringify(part?.received)).toContain("not whole quarters");
        const few = await ask("2021-04-01", 90, 91);
        expect(JSON.stringify(few?.received)).toContain("fewer than 10");
        const values = { area: "Enfield", start: "2021-07-01", before: "91", after: "92" };
        const { text } = await runCommand(app.services, displacementCommand, { values });
        expect(text.join("\n")).toContain(
          "using totals received from Epping Forest, reference EX/2021/06",
        );
        // The zone has other cells since: what was given for it counts nowhere, and both sides read that.
        const cells = (sql: string) =>
          db().transaction(ownerActor, (tx) =>
            tx.query(
              `update neighbour_agreement set cells = ${sql} where reference = 'EX/2021/06'`,
            ),
          );
        await cells("cells || 622236719905341439");
        expect(await ask("2021-07-01", 91, 92)).toMatchObject({
          received: { outer: null, verdict: "cannot_tell" },
        });
        expect(JSON.stringify((await ask("2021-07-01", 91, 92))?.received)).toContain(
          "was sent for an out-of-date zone. Ask for it again",
        );
        expect((await seenBy("Epping Forest")).totals.every(({ isOlderZone }) => isOlderZone)).toBe(
          true,
        );
        await cells("cells[:cardinality(cells) - 1]");
        expect((await seenBy("Epping Forest")).totals.some(({ isOlderZone }) => isOlderZone)).toBe(
          false,
        );
      });
    });

    describe("an alert is handed over", () => {
      const hand = async (
        { to = forest, ...alert }: Parameters<typeof raiseAlert>[1] & { readonly to?: string },
        caller: TestCaller = sergeant,
      ) => {
        const id = await raiseAlert(db(), { residents: 12, neighbour: to, ...alert });
        const body = { neighbour: to, role: "outreach", words: "Please go and see." };
        const reply = await caller.send("POST", `/api/alerts/${id}/hand-over`, body);
        expect(reply.statusCode, reply.body).toBe(200);
        return reply.json<{ handover: string | null }>().handover;
      };
      const october = { firstDay: "2021-10-04", lastDay: "2021-10-24" };
      const told = (id: string | null, caller: TestCaller) =>
        caller.send("POST", `/api/handovers/${id}/told`);

      test("to their outreach first: no liaison sees it before another person has said so", async () => {
        const id = await hand(october);
        expect((await seenBy(forest)).handovers[0]).toMatchObject({
          id,
          period: "2021-10",
          periodName: "October 2021",
          words: "More reports than expected near the boundary.",
          handedBy: "demonstration sergeant",
          toldOutreachBy: null,
          isTeller: false,
        });
        expect((await own()).handovers).toEqual([]);
        const acknowledge = () => liaison.send("POST", `/api/handovers/${id}/acknowledge`);
        expect((await acknowledge()).statusCode).toBe(404);
        expect((await told(id, liaison)).statusCode).toBe(403);
        const byHander = await told(id, sergeant);
        expect(byHander.statusCode).toBe(409);
        expect(byHander.body).toContain("nother sergeant or analyst must confirm");
        expect((await own()).handovers).toEqual([]);
        const byAnother = await told(id, analyst);
        expect(byAnother.json()).toMatchObject({ toldOutreachBy: "demonstration analyst" });
        // Once said, it stays who said it and when.
        expect((await told(id, sergeant)).json()).toEqual({
          ...byAnother.json<object>(),
          isTeller: false,
        });
        const [seen] = (await own()).handovers;
        expect(seen).toMatchObject({ id, acknowledgedAt: null });
        expect(JSON.stringify(seen)).not.toContain("demonstration");
        expect((await acknowledge()).statusCode).toBe(200);
        expect((await seenBy(forest)).handovers[0]?.acknowledgedAt).not.toBeNull();
      });

      test("as a month or a quarter in standing words, and in no other way than from an alert", async () => {
        await hand({ firstDay: "2021-07-28", lastDay: "2021-08-05" });
        expect((await seenBy(forest)).handovers[0]).toMatchObject({
          period: "2021-Q3",
          words: "More reports than expected near the boundary.",
        });
        const body = { neighbour: forest, from: "2021-10-04", to: "2021-10-24", words: "Jane" };
        expect((await sergeant.send("POST", "/api/handovers", body)).statusCode).toBe(404);
      });

      test("only while an agreement is in force, and to none but that neighbour", async () => {
        expect(await hand({ ...october, to: "Hackney" })).toBeNull();
        const id = await hand({ ...october, to: "Barnet" });
        expect((await told(id, analyst)).statusCode).toBe(200);
        expect((await own()).handovers.map((one) => one.id)).not.toContain(id);
        const reply = await liaison.send("POST", `/api/handovers/${id}/acknowledge`);
        expect(reply.statusCode).toBe(404);
      });
    });
  },
  fillDemo,
);
