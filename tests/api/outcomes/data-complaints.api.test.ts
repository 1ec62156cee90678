import { describe, expect, test } from "vitest";
import { dataComplaintsReply } from "#core/outcomes/wire/data-complaints.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

onOneEngine("the ledger of data complaints", ({ db }) => {
  const app = appWith(db);
  const presenter = app.caller("presenter");
  const admin = app.caller("admin");
  const auditor = app.caller("auditor");
  const list = async (caller: TestCaller = auditor) =>
    dataComplaintsReply.parse((await caller.get("/api/data-complaints")).json()).complaints;
  const add = (receivedOn: unknown, more = {}) =>
    presenter.send("POST", "/api/data-complaints", { receivedOn, ...more });
  const open = { acknowledgedOn: null, outcome: null, toldOn: null };
  const change = (id: number, body: object) =>
    admin.send("PUT", `/api/data-complaints/${id}`, body);

  test("numbers complaints by year, and shows the overdue first with the day they were due", async () => {
    expect((await add("2021-11-20")).statusCode).toBe(200);
    expect((await add("2021-10-01")).statusCode).toBe(200);
    expect((await add("2020-12-31")).statusCode).toBe(200);
    expect(
      (await list()).map(({ reference, state, acknowledgeBy }) => [
        reference,
        state,
        acknowledgeBy,
      ]),
    ).toEqual([
      ["DP-2020-0001", "overdue", "2021-01-30"],
      ["DP-2021-0002", "overdue", "2021-10-31"],
      ["DP-2021-0001", "due", "2021-12-20"],
    ]);
  });

  test("is acknowledged, closed and corrected, each as a revision that keeps the one before", async () => {
    const [, second] = await list();
    const { id = 0, receivedOn = "" } = second ?? {};
    const dates = { ...open, receivedOn };
    const told = { acknowledgedOn: "2021-10-29", outcome: "partly_upheld", toldOn: "2021-11-02" };
    await change(id, { ...dates, acknowledgedOn: "2021-11-05", revision: 1 });
    await change(id, { ...dates, acknowledgedOn: "2021-10-29", revision: 2 });
    const closed = await change(id, { ...dates, ...told, revision: 3 });
    expect(closed.statusCode).toBe(200);
    const last = (await list()).at(-1);
    expect(last).toMatchObject({ id, state: "closed", revision: 4, ...told });
    expect(last?.changes.map(({ acknowledgedOn }) => acknowledgedOn)).toEqual([
      null,
      "2021-11-05",
      "2021-10-29",
      "2021-10-29",
    ]);
  });

  test("a change of what somebody else has changed since is refused, and nothing is saved", async () => {
    const before = (await list()).at(-1);
    const late = await change(before?.id ?? 0, { ...open, receivedOn: "2021-10-01", revision: 2 });
    expect(late.statusCode).toBe(409);
    expect(late.json<{ detail: string }>().detail).toContain("DP-2021-0002 was changed");
    expect((await list()).at(-1)).toEqual(before);
    expect(
      (await change(9999, { ...open, receivedOn: "2021-10-01", revision: 1 })).statusCode,
    ).toBe(404);
  });

  describe("refuses", () => {
    test.each([
      ["2021-11-27", 422],
      ["1999-12-31", 400],
      ["2015-11-25", 422],
      ["2021-02-31", 400],
      ["yesterday", 400],
      [null, 400],
    ])("a complaint received on %j", async (receivedOn, status) => {
      const count = (await list()).length;
      const reply = await add(receivedOn);
      expect(reply.statusCode).toBe(status);
      expect(reply.body).not.toMatch(/NaN| at .*\.ts/);
      expect(await list()).toHaveLength(count);
    });

    test("a date to come, or an outcome that nobody was told, also of one that is there", async () => {
      const [first] = await list();
      const { id = 0, receivedOn = "", revision = 0 } = first ?? {};
      for (const wrong of [{ acknowledgedOn: "2021-11-27" }, { outcome: "upheld" }]) {
        const reply = await change(id, { ...open, receivedOn, revision, ...wrong });
        expect(reply.statusCode).toBe(422);
        expect(reply.json<{ errors: { field: string }[] }>().errors).toHaveLength(1);
      }
      expect((await list())[0]).toEqual(first);
    });

    test("a name or a word beside the dates", async () => {
      const count = (await list()).length;
      const reply = await add("2021-11-01", { name: "Mrs Smith" });
      expect(reply.statusCode).toBe(400);
      expect(reply.body).not.toContain("Mrs Smith");
      expect(await list()).toHaveLength(count);
    });
  });

  test("two who enter one at the same moment get two numbers", async () => {
    const both = await Promise.all([add("2019-05-01"), add("2019-05-01")]);
    expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const own = (await list()).filter(({ receivedOn }) => receivedOn === "2019-05-01");
    expect(own.map(({ reference }) => reference)).toEqual(["DP-2019-0001", "DP-2019-0002"]);
  });
});
