import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Actor, roles } from "#core/role.ts";
import { hourMs } from "#core/time/zone.ts";
import { appendAudit, clockBehind } from "#server/accounts/audit/append.ts";
import { auditedAct } from "#server/accounts/audit/audited.ts";
import { hashOfRow } from "#server/accounts/audit/chain.ts";
import { personsInChain } from "#server/accounts/audit/list.ts";
import { readAuditHead } from "#server/accounts/audit/read.ts";
import { verifyChain, verifyChainIn } from "#server/accounts/audit/verify.ts";
import { doors, ownerActor, type Transaction } from "#server/db/database.ts";
import {
  allRows,
  anEntry,
  aPartner,
  aSergeant,
  fillChain,
  insertRow,
  lastId,
  linesAfter,
  withoutGuards,
  writeAnew,
} from "#tests/support/audit.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";

const auditor: Actor = { person: "an auditor", role: "auditor", partner: null };
const rowsAtFirst = 12;

/** One octet more or less, in each column by itself. */
const changes: Readonly<Record<string, string>> = {
  id: "id = 1000000",
  at: "at = at + interval '1 microsecond'",
  person: "person = person || '.'",
  role: "role = 'admin'",
  partner: "partner = case when partner is null then 'a' end",
  verb: "verb = 'erasure'",
  act: "act = 'read plans'",
  purpose: "purpose = 'oversight'",
  outcome: "outcome = 'refused'",
  detail: `detail = detail || '{"rows": 1000}'`,
  previous: "previous = set_byte(previous, 31, get_byte(previous, 31) # 1)",
  hash: "hash = set_byte(hash, 0, get_byte(hash, 0) # 1)",
};

onEachEngine(
  "the audit chain",
  ({ db, rolledBack }) => {
    const tampered = (work: (tx: Transaction) => Promise<void>) =>
      new Promise<Awaited<ReturnType<typeof verifyChainIn>>>((resolve, reject) => {
        rolledBack(async (tx) => {
          await withoutGuards(tx);
          await work(tx);
          resolve(await verifyChainIn(tx));
        }).catch(reject);
      });

    test("tells an auditor whose acts are in it, each once, and nobody else all of them", async () => {
      const known = (actor: Actor) => db().transaction(actor, (tx) => personsInChain(tx, 100));
      expect(await known(auditor)).toEqual([aPartner.person, aSergeant.person]);
      expect(await known(aSergeant)).toEqual([aSergeant.person]);
      expect(await db().transaction(auditor, (tx) => personsInChain(tx, 1))).toHaveLength(1);
    });

    test("is verified by an auditor, and reaches past one block", async () => {
      const verdict = await verifyChain(db(), auditor);
      expect(verdict).toMatchObject({ ok: true, rows: rowsAtFirst, broken: null });
      expect(verdict.head?.id).toBe(String(rowsAtFirst));
      expect(verdict.sentence).toContain(`${rowsAtFirst} rows`);
    });

    test("a clock that is set back by days breaks nothing, and both times are known", () =>
      rolledBack(async (tx) => {
        const [last] = (await allRows(tx)).slice(-1);
        if (last === undefined) throw new Error("The chain has no row");
        const ahead = Date.now() + 49 * hourMs;
        const at = new Date(ahead).toISOString().replace("Z", "000Z");
        await withoutGuards(tx);
        await writeAnew(tx, [{ ...last, at }], last.previous);
        await tx.query("alter table audit enable trigger audit_chained");
        await appendAudit(tx, aSergeant, anEntry);
        await appendAudit(tx, aSergeant, anEntry);
        const written = (await allRows(tx)).slice(-2);
        expect(written.map((row) => row.at)).toEqual([at, at]);
        for (const { detail } of written) {
          const { clockBehindSeconds } = JSON.parse(detail) as { clockBehindSeconds: number };
          expect(clockBehindSeconds).toBeGreaterThan(49 * 3_600 - 60);
          expect(clockBehindSeconds).toBeLessThanOrEqual(49 * 3_600);
        }
        expect(await verifyChainIn(tx)).toMatchObject({ ok: true, broken: null });
        // Told at the start of the server.
        const told = await clockBehind(tx, Date.now());
        expect(told).toMatch(/^This machine’s clock is 2 days behind the last line/);
        expect(await clockBehind(tx, ahead)).toBeNull();
      }));

    test("every column is in the test of changed octets", async () => {
      const columns = await db().transaction(ownerActor, (tx) =>
        tx.query<{ name: string }>(
          `select column_name::text as name from information_schema.columns
           where table_name = 'audit' and table_schema = 'public'`,
        ),
      );
      expect(new Set(columns.map(({ name }) => name))).toEqual(new Set(Object.keys(changes)));
    });

    test("one octet changed in any column of any row is found and named", async () => {
      const anyRow = fc.integer({ min: 1, max: rowsAtFirst });
      for (const [column, change] of Object.entries(changes)) {
        await fc.assert(
          fc.asyncProperty(anyRow, async (row) => {
            const verdict = await tampered(async (tx) => {
              const changed = await tx.query(
                `update audit set ${change} where id = ${row} returning id`,
              );
              expect(changed).toHaveLength(1);
            });
            expect(verdict.ok, `${column} of row ${row}`).toBe(false);
            expect(verdict.broken?.row, `${column} of row ${row}`).toBe(String(row));
            expect(verdict.sentence).toContain(`row ${row}`);
            if (column === "id") expect(verdict.broken?.what).toBe("gap");
          }),
          { numRuns: 4 },
        );
      }
      expect(await verifyChain(db(), auditor)).toMatchObject({ ok: true });
    });

    test("a row taken out of the middle or the beginning is a gap with its number", async () => {
      for (const row of ["1", "5"]) {
        const verdict = await tampered(async (tx) => {
          await tx.query("delete from audit where id = $1::bigint", [row]);
        });
        expect(verdict.broken).toMatchObject({ row, what: "gap" });
      }
    });

    test("a row taken out with the rest numbered again does not follow", async () => {
      const verdict = await tampered(async (tx) => {
        await tx.query("delete from audit where id = 5");
        for (let id = 6; id <= rowsAtFirst; id += 1) {
          await tx.query("update audit set id = id - 1 where id = $1::bigint", [String(id)]);
        }
      });
      expect(verdict.broken).toMatchObject({ row: "5", what: "order" });
    });

    test("two rows exchanged are found at the first of them", async () => {
      const verdict = await tampered(async (tx) => {
        await tx.query("update audit set id = -1 where id = 4");
        await tx.query("update audit set id = 4 where id = 7");
        await tx.query("update audit set id = 7 where id = -1");
      });
      expect(verdict.broken).toMatchObject({ row: "4", what: "order" });
    });

    test("a row put between, right in itself, is found at the row after it", async () => {
      const verdict = await tampered(async (tx) => {
        const rows = await allRows(tx);
        const [fifth, sixth] = [rows[4], rows[5]];
        if (!fifth || !sixth) throw new Error("The chain is too short");
        // Whoever owns the table can take its constraints away too.
        await tx.query("alter table audit drop constraint audit_previous_unique");
        await tx.query("update audit set id = -id where id > 5");
        await tx.query("update audit set id = 1 - id where id < 0");
        const forged = { ...sixth, person: "nobody", previous: fifth.hash };
        await insertRow(tx, { ...forged, hash: hashOfRow(forged) });
      });
      expect(verdict.broken).toMatchObject({ row: "7", what: "order" });
    });

    test("rows gone from the end are found by a head that was kept elsewhere", async () => {
      const kept = await db().transaction(ownerActor, readAuditHead);
      if (!kept) throw new Error("The chain is empty");
      await rolledBack(async (tx) => {
        await withoutGuards(tx);
        await tx.query("delete from audit where id > 9");
        // Nothing inside the chain tells of them.
        expect(await verifyChainIn(tx)).toMatchObject({ ok: true, rows: 9 });
        const whole = await verifyChainIn(tx, { kept });
        expect(whole.broken).toMatchObject({ row: "10", what: "end" });
        const byHash = await verifyChainIn(tx, { kept: { hash: kept.hash } });
        expect(byHash).toMatchObject({ ok: false, broken: { what: "head" } });
        await tx.query("delete from audit");
        const emptied = await verifyChainIn(tx, { kept });
        expect(emptied.broken).toMatchObject({ row: "1", what: "end" });
      });
      expect(await verifyChain(db(), auditor, { kept })).toMatchObject({ ok: true });
    });

    test("a chain that was written again, right in itself, is found by a kept head", async () => {
      const kept = await db().transaction(ownerActor, readAuditHead);
      await rolledBack(async (tx) => {
        await withoutGuards(tx);
        const rows = await allRows(tx);
        const from = rows.slice(6).map((row) => ({ ...row, person: "somebody else" }));
        await writeAnew(tx, from, rows[5]?.hash ?? "");
        expect(await verifyChainIn(tx)).toMatchObject({ ok: true });
        const verdict = await verifyChainIn(tx, { kept });
        expect(verdict.broken).toMatchObject({ row: String(rowsAtFirst), what: "head" });
      });
    });

    test("a row that is dated well before the one ahead of it is named", async () => {
      await rolledBack(async (tx) => {
        await withoutGuards(tx);
        const rows = await allRows(tx);
        const from = rows
          .slice(7)
          .map((row, index) => (index === 1 ? { ...row, at: "2021-11-26T09:00:00.000001Z" } : row));
        await writeAnew(tx, from, rows[6]?.hash ?? "");
        expect((await verifyChainIn(tx)).broken).toMatchObject({ row: "9", what: "time" });
      });
    });

    test("whatever can be typed is hashed alike by the database and by the verifier", async () => {
      const text = fc.string({ unit: "binary", minLength: 1, maxLength: 12 }).map((value) => {
        // What PostgreSQL cannot hold at all.
        const held = Buffer.from(value.replaceAll("\0", " ")).toString("utf8");
        return held === "" ? " " : held;
      });
      const detail = fc.dictionary(text, fc.oneof(text, fc.double({ noNaN: true }), fc.boolean()));
      await fc.assert(
        fc.asyncProperty(text, text, detail, async (person, act, said) => {
          await rolledBack(async (tx) => {
            const finite = Object.fromEntries(
              Object.entries(said).filter(([, value]) => Math.abs(Number(value)) !== Infinity),
            );
            const actor: Actor = { person, role: "partner", partner: act };
            await appendAudit(tx, actor, { ...anEntry, act, detail: finite });
            expect((await verifyChainIn(tx)).sentence).toContain("is intact");
          });
        }),
        { numRuns: 60 },
      );
    });

    describe("takes back nothing", () => {
      const statements = [
        "update audit set person = 'nobody'",
        "delete from audit",
        "truncate audit",
      ];
      const everyone = [...roles, ...doors, "operator", "system", "nobody"] as const;

      test("update, delete and truncate are refused for every role, the owner too", async () => {
        for (const sql of statements) {
          for (const role of [...everyone, "owner"] as const) {
            const actor = { person: `a ${role}`, role: role as Actor["role"], partner: null };
            await expect(
              db().transaction(actor, (tx) => tx.query(sql)),
              `${role}: ${sql}`,
            ).rejects.toMatchObject({ code: "42501" });
          }
        }
      });

      test("nobody writes a line but through the clerk, and the clerk none of another hash", async () => {
        const [row] = (await linesAfter(db(), "3")).slice(0, 1);
        if (!row) throw new Error("The chain is too short");
        for (const role of everyone.filter((one) => one !== "clerk" && one !== "copier")) {
          const actor = { person: `a ${role}`, role: role as Actor["role"], partner: null };
          await expect(
            db().transaction(actor, (tx) => insertRow(tx, row)),
            role,
          ).rejects.toMatchObject({ code: "42501" });
        }
        await rolledBack(async (tx) => {
          await tx.through("clerk", (clerk) => insertRow(clerk, { ...row, id: "99", at: row.at }));
          const [last] = (await allRows(tx)).slice(-1);
          expect(last?.id).toBe(String(rowsAtFirst + 1));
          expect(last?.at).not.toBe(row.at);
          expect(await verifyChainIn(tx)).toMatchObject({ ok: true });
        });
      });
    });

    describe("and the act", () => {
      const note = { verb: anEntry.verb, act: anEntry.act, purpose: anEntry.purpose };
      const mark = (tx: Transaction) =>
        tx.query("insert into setting (key, value) values ('mark', 'true')");
      const marks = () =>
        db().transaction(ownerActor, (tx) => tx.query("select 1 from setting where key = 'mark'"));
      const operator: Actor = { person: "an operator", role: "operator", partner: null };

      test("an act that fails after its write leaves neither its write nor its line", async () => {
        const before = await lastId(db());
        const act = auditedAct(db(), operator, note);
        const failing = act.db.transaction(operator, async (tx) => {
          await mark(tx);
          throw new Error("on purpose");
        });
        await expect(failing).rejects.toThrow("on purpose");
        await act.failed(new Error("on purpose"));
        expect(await marks()).toEqual([]);
        expect(await linesAfter(db(), before)).toEqual([]);
      });

      test("an act whose line cannot be written did not happen", async () => {
        const before = await lastId(db());
        const act = auditedAct(db(), operator, { ...note, act: "x".repeat(300) });
        await refusedBy("audit_act_present", act.db.transaction(operator, mark));
        expect(await marks()).toEqual([]);
        expect(await linesAfter(db(), before)).toEqual([]);
      });

      test("a transaction that is tried again writes one line, with what its last try said", async () => {
        const before = await lastId(db());
        const act = auditedAct(db(), operator, note);
        let tries = 0;
        await act.db.transaction(
          operator,
          async (tx) => {
            tries += 1;
            act.notes.addDetail({ tries, [`try${tries}`]: true });
            if (tries === 3) return;
            act.notes.refuse();
            await tx.query("do $$ begin raise exception 'again' using errcode = '40001'; end $$");
          },
          { retries: 5 },
        );
        await act.done();
        const lines = await linesAfter(db(), before);
        expect(lines).toHaveLength(1);
        expect(JSON.parse(lines[0]?.detail ?? "")).toEqual({ tries: 3, try3: true });
        expect(lines[0]?.outcome).toBe("done");
      });

      test("a look-up beside the act and the tool's own transactions take no line from it", async () => {
        const before = await lastId(db());
        const act = auditedAct(db(), operator, note);
        const system: Actor = { person: "system", role: "system", partner: null };
        await act.db.transaction(system, async () => undefined);
        await act.db.transaction(operator, async () => undefined, { beside: true });
        expect(await linesAfter(db(), before)).toEqual([]);
        await act.db.transaction(operator, async () => act.notes.addDetail({ rows: 3 }));
        await act.db.transaction(operator, async () => undefined);
        await act.done();
        const lines = await linesAfter(db(), before);
        expect(lines.map((line) => line.detail)).toEqual(['{"rows": 3}']);
      });

      test("many writers at once make one chain", async () => {
        const before = await lastId(db());
        const writers = Array.from({ length: 8 }, async (_, index) => {
          const actor = index % 2 ? aSergeant : aPartner;
          for (let time = 0; time < 4; time += 1) {
            await db().transaction(actor, (tx) => appendAudit(tx, actor, anEntry));
          }
        });
        await Promise.all(writers);
        expect(await linesAfter(db(), before)).toHaveLength(32);
        expect(await verifyChain(db(), auditor)).toMatchObject({ ok: true });
      });
    });
  },
  (db) => fillChain(db, rowsAtFirst),
);
