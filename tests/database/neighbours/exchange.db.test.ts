import { beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import { userCommand } from "#server/accounts/commands/user.ts";
import { ownerActor, type Transaction } from "#server/db/database.ts";
import { testServices } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

onEachEngine(
  "a hostile liaison in the database itself",
  ({ db }) => {
    const liaison = (neighbour: string | null): Actor => ({
      person: "a liaison",
      role: "liaison",
      partner: null,
      neighbour,
    });
    const own = liaison("Waltham Forest");
    const as = <Value>(actor: Actor, work: (tx: Transaction) => Promise<Value>) =>
      db().transaction(actor, work);
    const rows = (actor: Actor, sql: string) => as(actor, (tx) => tx.query(sql));
    const refused = (sql: string, code = "42501") =>
      expect(rows(own, sql), sql).rejects.toMatchObject({ code });
    const idOf = async (neighbour: string) => {
      const [row] = await as(ownerActor, (tx) =>
        tx.query<{ id: string }>(
          "select max(id)::text as id from neighbour_agreement where neighbour = $1::text",
          [neighbour],
        ),
      );
      return row?.id ?? "";
    };

    beforeAll(async () => {
      const hackney = await idOf("Hackney");
      const forest = await idOf("Waltham Forest");
      await as(ownerActor, (tx) =>
        tx.script(
          `insert into handover (agreement_id, neighbour, period, words, handed_at, handed_by, told_outreach_at, told_outreach_by)
           values
             (${forest}, 'Waltham Forest', '2021-10', 'told', now(), 'x', now(), 'x'),
             (${forest}, 'Waltham Forest', '2021-10', 'not told', now(), 'x', null, null),
             (${hackney}, 'Hackney', '2021-10', 'another', now(), 'x', now(), 'x');
           insert into edge_figure (neighbour, quarter, version, shown, cells_hash, frozen_at)
             values ('Hackney', '2021-Q2', 1, 25, 'x', now());`,
        ),
      );
    });

    test("reads no event, no operation, no outreach, no patrol, no tally and no figure by itself", async () => {
      const result = await as(ownerActor, (tx) =>
        tx.query<{ name: string }>(
          `select relname as name from pg_class
           where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'spatial_ref_sys'`,
        ),
      );
      const readable = [
        "area",
        "audit",
        "edge_line",
        "named_place",
        "neighbour_agreement",
        "neighbour_total",
        "road",
      ];
      for (const { name } of result) {
        if (readable.includes(name) || name === "handover") continue;
        await refused(`select 1 from ${name}`);
      }
      for (const name of readable) await rows(own, `select * from ${name} limit 1`);
      await refused("select handed_by from handover");
    });

    test("sees what is its own neighbour's alone, and nothing without a neighbour", async () => {
      for (const table of ["neighbour_agreement", "neighbour_total", "handover"]) {
        const seen = await rows(own, `select distinct neighbour from ${table}`);
        expect(seen, table).toEqual([{ neighbour: "Waltham Forest" }]);
        expect(await rows(liaison(null), `select 1 from ${table}`), table).toEqual([]);
        expect(await rows(liaison("Waltham"), `select 1 from ${table}`), table).toEqual([]);
      }
    });

    test("sees an alert once their outreach was told, and can tick that itself in no way", async () => {
      expect(await rows(own, "select words from handover")).toEqual([{ words: "told" }]);
      await refused("update handover set told_outreach_at = now(), told_outreach_by = 'a liaison'");
      await refused("update handover set words = 'other'");
      await rows(own, "update handover set acknowledged_at = now(), acknowledged_by = 'a liaison'");
      const seen = await as(ownerActor, (tx) =>
        tx.query("select words from handover where acknowledged_at is not null"),
      );
      expect(seen).toEqual([{ words: "told" }]);
    });

    test("that their outreach was told is said by another person than handed it over, under the own name, once", async () => {
      const police = (person: string, role: "sergeant" | "analyst") =>
        ({ person, role, partner: null }) as const;
      const tell = (by: string) =>
        `update handover set told_outreach_at = now(), told_outreach_by = '${by}'
         where words = 'to be told' returning told_outreach_by as "by"`;
      const forest = await idOf("Waltham Forest");
      await rows(
        police("a sergeant", "sergeant"),
        `insert into handover (agreement_id, neighbour, period, words, handed_at, handed_by)
         values (${forest}, 'Waltham Forest', '2021-10', 'to be told', now(), 'a sergeant')`,
      );
      // Nobody's own handover is there to be changed, under whichever name and role.
      expect(await rows(police("a sergeant", "sergeant"), tell("a sergeant"))).toEqual([]);
      expect(await rows(police("a sergeant", "analyst"), tell("an analyst"))).toEqual([]);
      await expect(rows(police("an analyst", "analyst"), tell("a sergeant"))).rejects.toMatchObject(
        { code: "42501" },
      );
      expect(await rows(police("an analyst", "analyst"), tell("an analyst"))).toEqual([
        { by: "an analyst" },
      ]);
      expect(await rows(police("another", "analyst"), tell("another"))).toEqual([]);
    });

    describe("writes", () => {
      const insert = (agreement: string, neighbour: string, reports: string, by = "a liaison") =>
        `insert into neighbour_total (agreement_id, neighbour, quarter, reports, given_at, given_by)
         values (${agreement}, '${neighbour}', '2021-Q3', ${reports}, now(), '${by}')`;

      test("its own totals alone, under its own name, never a count under 10", async () => {
        const [hackney, forest] = [await idOf("Hackney"), await idOf("Waltham Forest")];
        await refused(insert(hackney, "Hackney", "25"));
        await refused(insert(hackney, "Waltham Forest", "25"), "23503");
        await refused(insert(forest, "Hackney", "25"));
        await refused(insert(forest, "Waltham Forest", "25", "somebody else"));
        await refused(insert(forest, "Waltham Forest", "9"), "23514");
        await refused(insert(forest, "Waltham Forest", "-1"), "23514");
        await rows(own, insert(forest, "Waltham Forest", "25"));
        await rows(own, insert(forest, "Waltham Forest", "null"));
      });

      test("nothing over: what was given, agreed or shown is changed by nobody", async () => {
        for (const table of ["neighbour_total", "neighbour_agreement", "edge_figure"]) {
          for (const actor of [
            own,
            { person: "x", role: "analyst", partner: null },
            { person: "x", role: "operator", partner: null },
            { person: "x", role: "publisher", partner: null },
          ] as const) {
            for (const sql of [`update ${table} set neighbour = 'X'`, `delete from ${table}`]) {
              await expect(rows(actor, sql), `${actor.role}: ${sql}`).rejects.toMatchObject({
                code: "42501",
              });
            }
          }
        }
        await refused("insert into neighbour_agreement (neighbour) values ('Waltham Forest')");
      });
    });

    test("the publisher's door, by which figures are made, opens neither outreach nor patrols nor what police found", async () => {
      await as(own, async (tx) => {
        await tx.through("publisher", async (publisher) => {
          const found = await publisher.query(
            "select 1 from event where source = 'police' limit 1",
          );
          expect(found).toEqual([]);
        });
      });
      for (const table of ["occupancy", "outreach_session", "patrol_window", "patrol_visit"]) {
        const through = as(own, (tx) =>
          tx.through("publisher", (publisher) => publisher.query(`select 1 from ${table}`)),
        );
        await expect(through, table).rejects.toMatchObject({ code: "42501" });
      }
    });

    test("an account of another role has no neighbour, and one that gets another is signed out", async () => {
      await expect(
        as(ownerActor, (tx) =>
          tx.query(
            "insert into account (name, role, neighbour, created_at) values ('x.x', 'sergeant', 'Barnet', now())",
          ),
        ),
      ).rejects.toMatchObject({ code: "23514" });
      const epochs = await as(ownerActor, async (tx) => {
        await tx.query(
          "insert into account (name, role, neighbour, created_at) values ('l.l', 'liaison', 'Barnet', now())",
        );
        return tx.query<{ epoch: number }>(
          "update account set neighbour = 'Hackney' where name = 'l.l' returning epoch",
        );
      });
      expect(epochs).toEqual([{ epoch: 2 }]);
    });

    test("user add: a liaison needs a neighbour it belongs to, and nobody else has one", async () => {
      const services = await testServices(db());
      const add = (values: Readonly<Record<string, string>>) =>
        runCommand(services, userCommand, {
          positionals: ["add", "l.barnet"],
          values: { oidc: "l.barnet", ...values },
        });
      await expect(add({ role: "liaison" })).rejects.toThrow(/needs a neighbour/);
      await expect(add({ role: "liaison", neighbour: "Paris" })).rejects.toThrow(
        /no neighbour "Paris"/,
      );
      await expect(add({ role: "sergeant", neighbour: "Barnet" })).rejects.toThrow(
        /Only the liaison role/,
      );
      expect((await add({ role: "liaison", neighbour: "Barnet" })).json).toMatchObject({
        role: "liaison",
        neighbour: "Barnet",
      });
      await services.solver.close();
    });
  },
  fillDemo,
);
