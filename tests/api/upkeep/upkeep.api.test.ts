import { expect, test } from "vitest";
import type { Services } from "#server/acts/services.ts";
import { startUpkeep } from "#server/app/serve.ts";
import { wrapDatabase } from "#server/db/database.ts";
import { type Sql, statementOf } from "#server/db/sql.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

onOneEngine(
  "what goes on while the server runs",
  ({ db }) => {
    const app = appWith(db);

    /** The same services over a database in which every statement that looks so fails. */
    const checked = (look: RegExp, query: Sql) => {
      if (look.test(statementOf(query).sql)) throw new Error("no room left");
      return query;
    };
    const failingAt = (look: RegExp): Services => ({
      ...app.services,
      db: wrapDatabase(db(), (actor, work, options) =>
        db().transaction(
          actor,
          (tx) =>
            work({
              ...tx,
              query: async (sql, params) => {
                if (look.test(sql)) throw new Error("no room left");
                return tx.query(sql, params);
              },
              value: async (field, query) => tx.value(field, checked(look, query)),
              rows: async (row, query) => tx.rows(row, checked(look, query)),
              maybe: async (row, query) => tx.maybe(row, checked(look, query)),
              did: async (query) => tx.did(checked(look, query)),
              run: async (query) => tx.run(checked(look, query)),
            }),
          options,
        ),
      ),
    });
    const runOnce = async (services: Services) => {
      const said: string[] = [];
      const stop = await startUpkeep(services, (line) => said.push(line));
      await stop();
      return said;
    };
    const done = async (act: string) =>
      (await asOwner(db(), "select id from audit where act = $1", [act])).length;
    const failed = [expect.stringMatching(/^Retention failed; .*no room/)];

    test("a leaving that fails keeps nothing else from being erased, nor the server from starting", async () => {
      expect(await done("erase past outreach")).toBe(0);
      expect(await runOnce(failingAt(/from leaving\b/))).toEqual(failed);
      expect(await done("erase past outreach")).toBe(1);
    });

    test("an erasure that fails keeps nobody from leaving whose day is over", async () => {
      await asOwner(
        db(),
        `insert into leaving (partner_id, asked_at, due_at, asked_by)
         select id, now() - interval '2 days', now() - interval '1 day', 'somebody'
         from partner where code = 'a'`,
      );
      expect(await runOnce(failingAt(/delete from footprint_view\b/))).toEqual(failed);
      expect(await done("leave and erase everything")).toBe(1);
    });
  },
  fillDemo,
);
