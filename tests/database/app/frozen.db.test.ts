import { readdirSync, readFileSync } from "node:fs";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PackPages } from "#client/place-plans/meeting/PackPages.tsx";
import { figureBasis, figureRowWords } from "#core/place-plans/figure.ts";
import type { PackReply } from "#core/place-plans/wire/meeting.ts";
import type { PlacePlansReply } from "#core/place-plans/wire/place-plans.ts";
import { releaseText } from "#core/releases/file/text.ts";
import { inEnglish } from "#core/releases/presentation/language.ts";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import type { Role } from "#core/role.ts";
import { allRoutes } from "#server/app/routes.ts";
import { readMigrations } from "#server/db/applied.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { migrate } from "#server/db/migrate.ts";
import { fillPlaces } from "#server/places/load.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { engines, type OpenedDatabase, openTestDatabase } from "#tests/support/database.ts";

interface Read {
  readonly as: Role | "stranger";
  readonly path: string;
  readonly reply: object;
  /** What its paper, file or card has of it. */
  readonly says?: readonly string[];
}

interface Frozen {
  /** The last one that the database had. */
  readonly migration: string;
  /** By table, as PostgreSQL writes them. */
  readonly rows: Readonly<Record<string, readonly object[]>>;
  readonly reads: readonly Read[];
}

const folder = new URL("../../golden/frozen/", import.meta.url);
const fixtures = readdirSync(folder).map((name) => {
  const text = readFileSync(new URL(name, folder), "utf8");
  return { text, ...(JSON.parse(text) as Frozen) };
});
fixtures.sort((one, other) => (one.migration < other.migration ? -1 : 1));

/** Without the triggers, which would make of a row what they make of a new one; cells are more than a number here holds. */
async function keep(db: Database, { text, rows }: (typeof fixtures)[number]): Promise<void> {
  await db.transaction(ownerActor, async (tx) => {
    await tx.script("set local session_replication_role = replica");
    for (const table of Object.keys(rows)) {
      await tx.query(
        `insert into ${table} overriding system value
         select * from jsonb_populate_recordset(null::${table}, $1::jsonb #> array['rows', $2::text])`,
        [text, table],
      );
    }
  });
}

const papers: Readonly<Record<string, (reply: never) => string>> = {
  "/api/meeting/packs/:id": (pack: PackReply) =>
    renderToStaticMarkup(createElement(PackPages, { pack, mark: null })),
  "/api/place-plans": ({ plans }: PlacePlansReply) =>
    plans
      .flatMap(({ inner }) => inner?.figures ?? [])
      .flatMap(({ content }) => [figureBasis(content), ...content.rows.map(figureRowWords)])
      .join("\n"),
  "/api/public/releases/:number": (reply: ReleaseReply) =>
    releaseText({ reply, language: inEnglish }),
};

/*
 * What is frozen is read by the versions after it. Whoever changes the shape of it leaves these files alone, and adds one
 * as it is written from then on.
 */
describe.each(engines)("what an earlier version froze (%s)", (engine) => {
  let opened: OpenedDatabase;
  let app: TestApp;
  beforeAll(async () => {
    opened = await openTestDatabase(engine, async (db) => {
      for (const fixture of fixtures) {
        await migrate(
          db,
          readMigrations().filter(({ name }) => name <= fixture.migration),
        );
        await keep(db, fixture);
      }
      await migrate(db);
      await fillPlaces(db);
    });
    app = await openTestApp(opened.db);
  });
  afterAll(async () => {
    await app.close();
    await opened.drop();
  });

  test.each(fixtures.flatMap(({ reads }) => reads))("$path", async ({ as, path, reply, says }) => {
    const got = await (as === "stranger" ? app.stranger : await app.as(as)).get(path);
    expect(got.statusCode, got.body).toBe(200);
    const route = allRoutes.find(
      ({ method, url }) =>
        method === "GET" && new RegExp(`^${url.replaceAll(/:\w+/g, "\\d+")}$`).test(path),
    );
    const read = route?.replySchema?.parse(got.json());
    expect(read).toMatchObject(reply);
    const paper = papers[route?.url ?? ""];
    expect(paper === undefined).toBe(says === undefined);
    if (process.env["SHOW"]) console.log(path, JSON.stringify(read), paper?.(read as never));
    for (const words of says ?? []) expect(paper?.(read as never)).toContain(words);
  });
});
