import { describe, expect, test } from "vitest";
import { type Actor, roles } from "#core/role.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { ownerActor, type Transaction } from "#server/db/database.ts";
import { columnRights } from "#tests/support/column-rights.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { addPatrol, fillDemo } from "#tests/support/demo.ts";
import { rights } from "#tests/support/rights.ts";
import { readColumnRights } from "#tests/support/schema.ts";

const verbs = { r: "select", i: "insert", u: "update", d: "delete" } as const;
const others = [
  "operator",
  "system",
  "nobody",
  "gate",
  "keeper",
  "publisher",
  "public",
  "clerk",
] as const;
const everyone = [...roles, ...others];

const expected = Object.entries(rights).flatMap(([table, byRole]) =>
  Object.entries(byRole).flatMap(([role, letters]) =>
    [...letters].map((letter) => `${role} ${verbs[letter as keyof typeof verbs]} ${table}`),
  ),
);

onEachEngine("the matrix of rights", ({ db }) => {
  const read = <Row>(sql: string, params: readonly (string | readonly string[])[] = []) =>
    db().transaction(ownerActor, (tx) => tx.query<Row>(sql, params));

  test("every table is fenced, its owner included, and stands in the matrix", async () => {
    const tables = await read<{ name: string; fenced: boolean }>(
      `select relname as name, relrowsecurity and relforcerowsecurity as fenced
       from pg_class
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and relname <> 'spatial_ref_sys'
       order by relname`,
    );
    expect(tables.filter(({ fenced }) => !fenced)).toEqual([]);
    expect(tables.map(({ name }) => name)).toEqual(Object.keys(rights).sort());
  });

  test("what is granted is what the matrix says, for every role, table and verb", async () => {
    const granted = await read<{ right: string }>(
      `select role.name || ' ' || verb.name || ' ' || held.relname as "right"
       from pg_class held
       cross join unnest($1::text[]) as role (name)
       cross join unnest($2::text[]) as verb (name)
       where held.relnamespace = 'public'::regnamespace and held.relkind in ('r', 'p')
         and held.relname <> 'spatial_ref_sys'
         and case verb.name
           when 'delete' then has_table_privilege('boxster_' || role.name, held.oid, verb.name)
           else has_any_column_privilege('boxster_' || role.name, held.oid, verb.name)
         end`,
      [everyone, Object.values(verbs)],
    );
    expect(granted.map((row) => row.right).sort()).toEqual([...expected].sort());
  });

  test("what is granted of some columns alone is what the list says", async () => {
    expect(await db().transaction(ownerActor, readColumnRights)).toEqual(columnRights);
  });

  test("every right has its row policy, and no policy is without its right", async () => {
    const policies = await read<{ right: string }>(
      `select substr(role.name, 9) || ' ' || lower(policy.cmd) || ' ' || policy.tablename as "right"
       from pg_policies policy, unnest(policy.roles) as role (name)
       where policy.schemaname = 'public' and policy.cmd <> 'ALL'
         and policy.permissive = 'PERMISSIVE'`,
    );
    expect(policies.map((row) => row.right).sort()).toEqual([...expected].sort());
    const whole = await read<{ roles: string }>(
      `select distinct roles::text as roles from pg_policies
       where schemaname = 'public' and cmd = 'ALL' and permissive = 'PERMISSIVE'`,
    );
    expect(whole).toEqual([{ roles: "{boxster_copier}" }]);
    const narrowed = await read<{ name: string }>(
      "select policyname as name from pg_policies where permissive = 'RESTRICTIVE' order by 1",
    );
    expect(narrowed.map(({ name }) => name)).toEqual([
      "event_delete_announced",
      "outreach_session_unsealed",
      "police_came_unsealed",
      "saved_place_delete_left",
      "session_exception_unsealed",
    ]);
  });

  test("no role is a superuser, passes row policies by, owns a table, or may sign in", async () => {
    const strong = await read(
      `select rolname from pg_roles
       where rolname = any($1::text[])
         and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolinherit or rolcanlogin
           or exists (select from pg_class where relowner = pg_roles.oid))`,
      [[...everyone, "copier", "app"].map((name) => `boxster_${name}`)],
    );
    expect(strong).toEqual([]);
  });

  test("a server's login can take on every role but the copier's", async () => {
    const members = await read<{ name: string }>(
      `select substr(rolname, 9) as name from pg_roles
       where rolname like 'boxster\\_%' and rolname <> 'boxster_app'
         and pg_has_role('boxster_app', oid, 'set')`,
    );
    expect(members.map(({ name }) => name).sort()).toEqual([...everyone].sort());
  });
});

onEachEngine(
  "rows",
  ({ db }) => {
    const as = <Value>(actor: Actor, work: (tx: Transaction) => Promise<Value>) =>
      db().transaction(actor, work);
    const person = (role: string, partner: string | null = null): Actor => ({
      person: `a ${role}`,
      role: role as Actor["role"],
      partner,
    });
    const count = (actor: Actor, table: string) =>
      as(actor, async (tx) => {
        const rows = await tx.query<{ n: number }>(`select count(*)::int as n from ${table}`);
        return rows[0]?.n ?? 0;
      });
    const refused = (actor: Actor, sql: string) =>
      expect(
        as(actor, (tx) => tx.query(sql)),
        `${actor.role}: ${sql}`,
      ).rejects.toMatchObject({ code: "42501" });
    const readableBy = (role: string) =>
      Object.keys(rights).filter((table) => rights[table]?.[role]?.includes("r"));

    test("an unset person sees no row of any table", async () => {
      for (const role of everyone) {
        const tables = readableBy(role);
        const columns = await as(ownerActor, (tx) => readableColumns(tx, tables, role));
        await as({ person: "", role: role as Actor["role"], partner: "a" }, async (tx) => {
          for (const table of tables) {
            const seen = await tx.query(`select ${columns.get(table)} from ${table} limit 1`);
            expect(seen, `${role} in ${table}`).toEqual([]);
          }
        });
      }
    });

    test("whoever has no right to a table is refused by the database", async () => {
      for (const table of Object.keys(rights)) {
        for (const role of everyone) {
          if (rights[table]?.[role]?.includes("r")) continue;
          await refused(person(role, "a"), `select 1 from ${table}`);
        }
      }
    });

    test("a partner sees its own alone: neither another nor how many there are", async () => {
      const own = person("partner", "a");
      const tables = ["partner", "saved_place", "outreach_session", "calendar_report"];
      for (const table of tables) {
        const all = await count(ownerActor, table);
        const mine = await count(own, table);
        expect(mine, table).toBeGreaterThan(0);
        expect(mine, table).toBeLessThan(all);
        expect(await count(person("partner", "nobody's"), table), table).toBe(0);
        expect(await count(person("partner"), table), table).toBe(0);
      }
    });

    test("a person's own acts are not those of a command's user or of the tool by the same name", async () => {
      const entry = (act: string) =>
        ({ verb: "consultation", act, purpose: "oversight", outcome: "done", detail: {} }) as const;
      for (const role of ["presenter", "operator", "system"] as const) {
        const actor: Actor = { person: "same.name", role, partner: null };
        await as(actor, (tx) => appendAudit(tx, actor, entry(`by ${role}`)));
      }
      const own = await as({ person: "same.name", role: "presenter", partner: null }, (tx) =>
        tx.query("select act from audit"),
      );
      expect(own).toEqual([{ act: "by presenter" }]);
    });

    test("analyst and auditor read no window that went or is only suggested", async () => {
      await addPatrol(db());
      await addPatrol(db());
      await as(ownerActor, (tx) =>
        tx.query(
          `update patrol_window set status = 'unavailable', closed_at = now()
           where id = (select max(id) from patrol_window)`,
        ),
      );
      const statuses = (role: string) =>
        as(person(role), (tx) =>
          tx.query<{ status: string }>("select distinct status from patrol_window order by status"),
        );
      expect((await statuses("sergeant")).length).toBeGreaterThan(1);
      for (const role of ["analyst", "auditor"]) {
        expect(await statuses(role)).toEqual([{ status: "agreed" }]);
        const stops = await as(person(role), (tx) =>
          tx.query(
            `select 1 from patrol_stop
             where not exists (select from patrol_window where id = window_id)`,
          ),
        );
        expect(stops).toEqual([]);
      }
    });

    test("a partner sees of what hangs on it its own alone", async () => {
      await as(ownerActor, (tx) =>
        tx.script(
          `insert into kept_clear (partner_id, kept, visits)
             select id, true, 1 from partner on conflict do nothing;
           insert into footprint_view (partner_id, day, role, alias)
             select id, '2021-11-01', 'sergeant', gen_random_uuid() from partner;
           insert into session_exception (session_id, occurs_on)
             select id, '2031-11-01' from outreach_session;
           insert into police_came (session_id, occurs_on, reported_at)
             select id, '2031-11-01', now() from outreach_session;`,
        ),
      );
      const hanging = ["session_exception", "police_came"];
      for (const table of ["kept_clear", "footprint_view", ...hanging]) {
        const mine = await count(person("partner", "a"), table);
        expect(mine, table).toBeGreaterThan(0);
        expect(mine, table).toBeLessThan(await count(ownerActor, table));
        expect(await count(person("partner", "nobody's"), table), table).toBe(0);
      }
    });

    test("everybody reads their own acts alone, and the auditor all", async () => {
      const note = { verb: "consultation", act: "look", purpose: "records" } as const;
      for (const actor of roles.map((role) => person(role, role === "partner" ? "a" : null))) {
        await as(actor, (tx) => appendAudit(tx, actor, { ...note, outcome: "done", detail: {} }));
      }
      for (const role of roles.filter((one) => one !== "auditor")) {
        const seen = await as(person(role, role === "partner" ? "a" : null), (tx) =>
          tx.query("select distinct person from audit"),
        );
        expect(seen, role).toEqual([{ person: `a ${role}` }]);
      }
      expect(await count(person("auditor"), "audit")).toBe(await count(ownerActor, "audit"));
    });

    test("a partner writes nothing for another", async () => {
      const [other] = await as(ownerActor, (tx) =>
        tx.query<{ partner: string; place: string; session: string }>(
          `select partner.id::text as partner, saved_place.id::text as place,
                  outreach_session.id::text as session
           from partner
           join saved_place on saved_place.partner_id = partner.id
           join outreach_session on outreach_session.place_id = saved_place.id
           where partner.code = 'b' limit 1`,
        ),
      );
      const own = person("partner", "a");
      await refused(
        own,
        `insert into calendar_report (partner_id, reported_at, state)
         values (${other?.partner}, now(), 'confirmed')`,
      );
      await refused(
        own,
        `insert into outreach_session (partner_id, place_id, repeats, first_date, starts_local, ends_local, created_at)
         values (${other?.partner}, ${other?.place}, 'once', '2021-12-01', '19:00', '20:00', now())`,
      );
      await refused(
        own,
        `insert into police_came (session_id, occurs_on, reported_at)
         values (${other?.session}, '2021-11-01', now())`,
      );
      const touched = await as(own, (tx) =>
        tx.query(
          `update outreach_session set ended_at = now() where id = ${other?.session} returning id`,
        ),
      );
      expect(touched).toEqual([]);
      const erased = await as(own, (tx) =>
        tx.query(`delete from saved_place where id = ${other?.place} returning id`),
      );
      expect(erased).toEqual([]);
    });

    test("a partner renames no place of another, whatever the statement", async () => {
      // Without a condition only the policy of the update itself holds it.
      await as(person("partner", "a"), (tx) =>
        tx.query("update saved_place set label = 'renamed'"),
      );
      const [row] = await as(ownerActor, (tx) =>
        tx.query<{ codes: string }>(
          `select string_agg(distinct code, ',') as codes from saved_place
           join partner on partner.id = partner_id where label = 'renamed'`,
        ),
      );
      expect(row?.codes).toBe("a");
    });

    test("the administrator reads neither events nor sessions, nor what is closed", async () => {
      for (const table of [
        "event",
        "outreach_session",
        "saved_place",
        "occupancy",
        "patrol_plan",
      ]) {
        await refused(person("admin"), `select 1 from ${table}`);
      }
    });

    test("sergeant and analyst have no right to sessions, places or protected rows at all", async () => {
      for (const role of ["sergeant", "analyst"] as const) {
        for (const table of ["partner", "outreach_session", "saved_place", "occupancy"]) {
          await refused(person(role), `select 1 from ${table}`);
        }
      }
      await refused(person("sergeant"), "select reference from event");
    });

    test("the publisher counts what was reported, and never an arrest, a stop or outreach", async () => {
      const discovered = await as(person("publisher"), (tx) =>
        tx.query("select 1 from event where source = 'police' limit 1"),
      );
      expect(discovered).toEqual([]);
      expect(await count(person("publisher"), "event")).toBeGreaterThan(1_000);
      await refused(person("publisher"), "select 1 from occupancy");
    });

    test("the keeper reads no label of a place", () =>
      refused(person("sergeant"), "select label from saved_place"));

    describe("a door", () => {
      test("lends its rights for what goes through it, and takes them back", async () => {
        await as(person("sergeant"), async (tx) => {
          const inside = await tx.through("keeper", (keeper) =>
            keeper.query<{ n: number }>("select count(*)::int as n from outreach_session"),
          );
          expect(inside[0]?.n).toBeGreaterThan(0);
          const [row] = await tx.query<{ name: string }>("select current_user::text as name");
          expect(row?.name).toBe("boxster_sergeant");
        });
      });

      test("takes them back where the work throws, and nothing runs beside it", async () => {
        await as(person("sergeant"), async (tx) => {
          const failing = tx.through("keeper", async () => {
            throw new Error("on purpose");
          });
          await expect(failing).rejects.toThrow("on purpose");
          const [row] = await tx.query<{ name: string }>("select current_user::text as name");
          expect(row?.name).toBe("boxster_sergeant");
          await tx.through("keeper", async () => {
            await expect(tx.query("select 1")).rejects.toThrow("beside a door");
          });
        }).catch((error: unknown) => expect(String(error)).toContain("beside a door"));
      });
    });
  },
  fillDemo,
);

/** By table one column that the role may read: some are granted column by column. */
async function readableColumns(
  tx: Transaction,
  tables: readonly string[],
  role: string,
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.query<{ table: string; name: string }>(
    `select distinct on (given.name) given.name as "table", attname::text as "name"
     from unnest($1::text[]) as given (name)
     join pg_attribute on attrelid = given.name::regclass
     where attnum > 0 and not attisdropped
       and has_column_privilege('boxster_' || $2, attrelid, attnum, 'select')
     order by given.name, attnum`,
    [tables, role],
  );
  return new Map(rows.map(({ table, name }) => [table, name]));
}
