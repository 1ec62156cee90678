import { beforeAll, describe, expect, test } from "vitest";
import {
  exchangeReply,
  type NeighbourExchange,
  type OwnExchangeReply,
  ownExchangeReply,
} from "#core/neighbours/wire.ts";
import { ownerActor } from "#server/db/database.ts";
import { addTestAccount, type SignedIn, sessionOf } from "#tests/support/accounts.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { addPatrol, fillDemo, removeOutreachAndPatrols } from "#tests/support/demo.ts";
import { addReports, barnetAgreement, edgeWith, forgetShown } from "#tests/support/exchange.ts";

const forest = "Waltham Forest";

onOneEngine(
  "the exchange with neighbours",
  ({ db }) => {
    const app = appWith(db);
    const liaison = app.caller("liaison");
    let hackney: SignedIn;
    const analyst = app.caller("analyst");
    const sergeant = app.caller("sergeant");
    beforeAll(async () => {
      await addTestAccount(db(), { name: "h.liaison", role: "liaison", neighbour: "Hackney" });
      await addTestAccount(db(), { name: "old.liaison", role: "liaison" });
      hackney = await sessionOf(app, "h.liaison");
    });

    const own = async (caller: TestCaller = liaison): Promise<OwnExchangeReply> =>
      ownExchangeReply.parse((await caller.get("/api/exchange/own")).json());
    const seenBy = async (name: string, caller = sergeant): Promise<NeighbourExchange> => {
      const reply = exchangeReply.parse((await caller.get("/api/exchange")).json());
      const found = reply.neighbours.find(({ neighbour }) => neighbour === name);
      if (!found) throw new Error(`${name} is missing`);
      return found;
    };
    const figureOf = async (quarter: string) =>
      (await own()).figures.find((figure) => figure.quarter === quarter);
    const give = (body: unknown, caller: TestCaller = liaison) =>
      caller.send("POST", "/api/exchange/totals", body);
    const agree = (changed: object, caller: TestCaller = analyst) =>
      caller.send("POST", "/api/exchange/agreements", { ...barnetAgreement, ...changed });

    describe("what a liaison sees", () => {
      test("is its own edge by quarter alone: 10 or more in fives, no cell, hour or category of an event", async () => {
        const reply = await own();
        expect(reply.figures.map(({ quarter }) => quarter)).toEqual([
          "2020-Q4",
          "2021-Q1",
          "2021-Q2",
          "2021-Q3",
        ]);
        for (const { reports } of reply.figures) {
          expect(reports === null || (reports >= 10 && reports % 5 === 0)).toBe(true);
        }
        for (const figure of reply.figures) {
          expect(new Set(Object.keys(figure))).toEqual(
            new Set(["quarter", "name", "reports", "revised"]),
          );
        }
        const { area, ...told } = reply;
        expect(JSON.stringify(told)).not.toMatch(/8[0-9a-f]{14}|asb|kerb|sighting|Hackney|Barnet/);
        expect(area?.zones.length).toBeGreaterThan(50);
      });

      test("is what sergeant and analyst are shown as leaving, and their look freezes nothing", async () => {
        await forgetShown(db());
        const before = (await seenBy(forest)).figures;
        const [row] = await db().transaction(ownerActor, (tx) =>
          tx.query<{ n: number }>("select count(*)::int as n from edge_figure"),
        );
        expect(row?.n).toBe(0);
        expect((await own()).figures).toEqual(before);
        expect((await seenBy(forest, analyst)).figures).toEqual(before);
      });

      test("SAFEGUARDS 4: is the same, byte for byte, with and without outreach, patrols and what partners report", async () => {
        await addPatrol(db());
        await forgetShown(db());
        const body = async () => (await liaison.get("/api/exchange/own")).body;
        const withThem = await body();
        await addReports(db(), {
          cell: (await edgeWith(db(), forest)).inner[40] ?? ("" as never),
          at: "2021-08-15T12:00Z",
          count: 60,
          source: "partner",
        });
        await addReports(db(), {
          cell: (await edgeWith(db(), forest)).inner[40] ?? ("" as never),
          at: "2021-08-15T12:00Z",
          count: 60,
          source: "police",
        });
        await forgetShown(db());
        expect(await body()).toBe(withThem);
        expect(await removeOutreachAndPatrols(db())).toBeGreaterThan(1_000);
        await db().transaction(ownerActor, async (tx) => {
          await tx.query("delete from patrol_visit");
          await tx.query("delete from event where source <> 'resident'");
        });
        await forgetShown(db());
        expect(await body()).toBe(withThem);
      });

      test("stands from the first look on: a few records more make no difference that can be read", async () => {
        const before = await figureOf("2021-Q3");
        const { inner } = await edgeWith(db(), forest);
        const cell = inner[40] ?? ("" as never);
        await addReports(db(), { cell, at: "2021-08-16T12:00Z", count: 7 });
        expect(await figureOf("2021-Q3")).toEqual(before);
        await addReports(db(), { cell, at: "2021-08-16T12:00Z", count: 60 });
        const after = await figureOf("2021-Q3");
        expect(after).toMatchObject({ revised: true });
        expect((after?.reports ?? 0) - (before?.reports ?? 0)).toBeGreaterThanOrEqual(60);
        expect((await own()).figures.filter(({ revised }) => revised).length).toBe(1);
      });

      test("stands over two looks at once", async () => {
        await forgetShown(db());
        const [first, ...others] = await Promise.all([own(), own(), own()]);
        for (const look of others) expect(look.figures).toEqual(first.figures);
        expect(first.figures.every(({ revised }) => !revised)).toBe(true);
      });

      test("another zone that is agreed later makes no figure again: a cell more would be its count", async () => {
        const before = await own();
        await db().transaction(ownerActor, (tx) =>
          tx.query("update edge_figure set cells_hash = 'of-other-cells'"),
        );
        const cell = (await edgeWith(db(), forest)).inner[40] ?? ("" as never);
        await addReports(db(), { cell, at: "2021-05-16T12:00Z", count: 80 });
        expect((await own()).figures).toEqual(before.figures);
      });

      test("is nothing of another neighbour, whoever is asked for", async () => {
        const theirs = await own(hackney);
        expect(theirs.neighbour).toBe("Hackney");
        // Theirs has run out.
        expect(theirs.agreement).toBeNull();
        for (const query of ["?neighbour=Hackney", "?neighbour=Hackney&quarter=2021-Q1"]) {
          const reply = await liaison.get(`/api/exchange/own${query}`);
          expect(reply.json<OwnExchangeReply>().neighbour).toBe(forest);
        }
      });
    });

    describe("without an agreement in force", () => {
      const nothing = async (caller: TestCaller) => {
        const reply = await own(caller);
        expect(reply).toMatchObject({
          agreement: null,
          figures: [],
          totals: [],
          handovers: [],
          open: [],
          area: null,
        });
        expect(reply.sentence).toMatch(/^There is no agreement in force .*[Aa]sk the/);
        expect((await give({ file: "x" }, caller)).statusCode).toBe(409);
        const acknowledged = await caller.send("POST", "/api/handovers/1/acknowledge");
        expect(acknowledged.statusCode).toBe(409);
        const asked = { zones: ["x"], from: "2021-11-27T07:00:00Z", to: "2021-11-27T08:00:00Z" };
        expect((await caller.send("POST", "/api/exchange/patrol-check", asked)).statusCode).toBe(
          409,
        );
      };

      test("a liaison sees nothing but whom to ask, and can send nothing", async () => {
        await nothing(hackney);
        await nothing(await sessionOf(app, "old.liaison"));
      });

      test("ended by an earlier last day, it is over at once; totals received stay", async () => {
        const before = await seenBy(forest);
        const changed = { neighbour: forest, startsOn: "2021-04-01", expiresOn: "2021-11-25" };
        expect((await agree(changed)).statusCode).toBe(200);
        await nothing(liaison);
        const after = await seenBy(forest);
        expect(after.state).toBe("expired");
        expect(after.figures).toEqual([]);
        expect(after.totals).toEqual(before.totals);
        expect(after.earlier.map(({ reference }) => reference)).toContain("EX/2021/04");
      });

      test("renewed ahead of time, the one in force counts until the new one begins", async () => {
        const renewed = {
          neighbour: forest,
          reference: "EX/2021/10",
          firstQuarter: "2020-Q4",
          lastQuarter: "2022-Q1",
          startsOn: "2021-11-26",
        };
        expect((await agree(renewed)).statusCode).toBe(200);
        await agree({ ...renewed, reference: "EX/2022/01", startsOn: "2022-01-01" });
        expect((await own()).agreement?.reference).toBe("EX/2021/10");
      });
    });

    describe("an agreement", () => {
      test("is in force once the analyst has entered it", async () => {
        expect((await agree({})).statusCode).toBe(200);
        expect(await seenBy("Barnet")).toMatchObject({ state: "in force", earlier: [] });
      });

      test.each([
        ["the line inside the command", { neighbour: "Enfield-Haringey" }, "neighbour"],
        ["somebody who is no neighbour", { neighbour: "Paris" }, "neighbour"],
        ["a person's name", { contactRole: "Inspector Jane Smith" }, "contactRole"],
        ["a person's name for outreach", { outreachContact: "ask Jane" }, "outreachContact"],
        ["a reference with a formula", { reference: "=A1" }, "reference"],
        ["days the wrong way round", { expiresOn: "2021-08-31" }, "expiresOn"],
        ["quarters the wrong way round", { lastQuarter: "2020-Q4" }, "expiresOn"],
      ])("with %s is refused in words, and nothing is kept", async (_what, changed, field) => {
        const before = await seenBy("Barnet");
        const reply = await agree(changed);
        expect(reply.statusCode).toBe(422);
        expect(reply.json()).toMatchObject({ errors: [{ field }] });
        expect(await seenBy("Barnet")).toEqual(before);
      });
    });
  },
  fillDemo,
);
