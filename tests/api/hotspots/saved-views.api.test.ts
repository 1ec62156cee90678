import { afterEach, beforeAll, expect, test } from "vitest";
import { mostSavedViews, type SavedView, savedViewCalls } from "#core/hotspots/wire/saved-views.ts";
import { addTestAccount, asOwner, type SignedIn, sessionOf } from "#tests/support/accounts.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";

const nights = { last: "56", days: "fri,sat", hours: "20-02", area: "Haringey" };

onOneEngine("saved views", ({ db }) => {
  const app = appWith(db);
  let ana: SignedIn;
  let sam: SignedIn;
  beforeAll(async () => {
    await addTestAccount(db(), { name: "ana.views", role: "analyst" });
    await addTestAccount(db(), { name: "sam.views", role: "sergeant" });
    ana = await sessionOf(app, "ana.views");
    sam = await sessionOf(app, "sam.views");
  });
  afterEach(() => asOwner(db(), "delete from saved_view"));

  const save = (caller: Pick<TestCaller, "send">, more: object = {}) =>
    caller.send("POST", "/api/saved-views", {
      name: "Friday nights",
      isShared: false,
      version: 1,
      filters: nights,
      ...more,
    });
  const viewsOf = async (caller: Pick<TestCaller, "get">): Promise<readonly SavedView[]> =>
    savedViewCalls.list.reply.parse((await caller.get("/api/saved-views")).json()).views;
  const namesOf = async (caller: Pick<TestCaller, "get">) =>
    (await viewsOf(caller)).map(({ name }) => name);

  test("a view comes back as it was saved, to its person alone", async () => {
    const saved = await save(ana);
    expect(saved.statusCode, saved.body).toBe(200);
    expect(await viewsOf(ana)).toMatchObject([
      { name: "Friday nights", isOwn: true, isShared: false, version: 1, filters: nights },
    ]);
    expect(await viewsOf(sam)).toEqual([]);
  });

  test("what is shared is read by a colleague and changed by nobody else", async () => {
    const { id } = (await save(ana, { isShared: true })).json<{ id: number }>();
    await save(sam, { name: "Early mornings" });
    expect(await viewsOf(sam)).toMatchObject([
      { name: "Early mornings", isOwn: true },
      { name: "Friday nights", isOwn: false, isShared: true, person: "ana.views" },
    ]);
    const address = `/api/saved-views/${id}`;
    for (const reply of [
      await sam.send("PATCH", address, { name: "Mine now" }),
      await sam.send("PATCH", address, { isShared: false }),
      await sam.send("DELETE", address),
    ]) {
      expect(reply.statusCode).toBe(404);
      expect(reply.body).toContain("belongs to someone else");
    }
    // The same name is another view where another person saves it.
    expect((await save(sam, { replace: true })).statusCode).toBe(200);
    expect(await viewsOf(ana)).toMatchObject([{ name: "Friday nights", isOwn: true }]);
    await ana.send("PATCH", address, { isShared: false });
    expect(await namesOf(sam)).toEqual(["Early mornings", "Friday nights"]);
    expect((await viewsOf(sam)).every(({ isOwn }) => isOwn)).toBe(true);
  });

  test("a taken name is refused in words, and saved over where that is asked", async () => {
    await save(ana);
    const again = await save(ana, { name: "FRIDAY nights " });
    expect(again.statusCode).toBe(409);
    expect(again.body).toContain("overwrite it");
    await save(ana, { filters: { last: "28" }, replace: true });
    expect(await viewsOf(ana)).toMatchObject([{ name: "Friday nights", filters: { last: "28" } }]);
    const { id } = (await save(ana, { name: "Other" })).json<{ id: number }>();
    const renamed = await ana.send("PATCH", `/api/saved-views/${id}`, { name: "friday nights" });
    expect(renamed.statusCode).toBe(409);
    const own = await ana.send("PATCH", `/api/saved-views/${id}`, { name: "OTHER" });
    expect(own.statusCode).toBe(200);
    expect(await namesOf(ana)).toEqual(["Friday nights", "OTHER"]);
  });

  test("removed is gone, and removing it again says so", async () => {
    const { id } = (await save(ana)).json<{ id: number }>();
    expect((await ana.send("DELETE", `/api/saved-views/${id}`)).statusCode).toBe(200);
    expect((await ana.send("DELETE", `/api/saved-views/${id}`)).statusCode).toBe(404);
    expect(await viewsOf(ana)).toEqual([]);
  });

  test("nothing but filters can be kept: other names, long values and empty changes are refused", async () => {
    const bad: readonly object[] = [
      { filters: { events: "1" } },
      { filters: { cell: "89194ad32b3ffff" } },
      { filters: { area: "x".repeat(4_001) } },
      { filters: { area: "two\nlines" } },
      { filters: { last: 56 } },
      { filters: [] },
      { name: "" },
      { name: "x".repeat(61) },
      { name: "two\nlines" },
      { version: 0 },
      { version: 1.5 },
      { person: "sam.views" },
    ];
    for (const more of bad) {
      const reply = await save(ana, more);
      expect(reply.statusCode, JSON.stringify(more)).toBe(400);
    }
    expect((await ana.send("PATCH", "/api/saved-views/1", {})).statusCode).toBe(400);
    expect(await viewsOf(ana)).toEqual([]);
  });

  test("a person keeps no more than fifty, and is told what to do", async () => {
    for (let each = 1; each <= mostSavedViews; each += 1) {
      expect((await save(ana, { name: `View ${each}` })).statusCode).toBe(200);
    }
    const more = await save(ana, { name: "One more" });
    expect(more.statusCode).toBe(409);
    expect(more.body).toContain("Remove one");
    expect((await save(ana, { name: "View 7", replace: true })).statusCode).toBe(200);
    expect((await save(sam, { name: "One of another" })).statusCode).toBe(200);
  });

  test("the database itself keeps them apart, whatever a statement asks for", async () => {
    await save(ana);
    await save(ana, { name: "For all", isShared: true });
    const asSam = { person: "sam.views", role: "sergeant", partner: null } as const;
    const seen = await db().transaction(asSam, (tx) =>
      tx.query<{ name: string }>(`select name as "name" from saved_view`),
    );
    expect(seen).toEqual([{ name: "For all" }]);
    const changed = await db().transaction(asSam, (tx) =>
      tx.query(`update saved_view set name = 'Taken' returning 1`),
    );
    expect(changed).toEqual([]);
    const insert = db().transaction(asSam, (tx) =>
      tx.query(
        `insert into saved_view (person, name, is_shared, version, filters)
         values ('ana.views', 'Planted', true, 1, '{}')`,
      ),
    );
    await expect(insert).rejects.toThrow();
  });
});
