import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { auditVerdict } from "#core/accounts/wire/audit.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { createChainCheck } from "#server/accounts/audit/chain.ts";
import { auditCommand } from "#server/accounts/commands/audit.ts";
import type { Services } from "#server/acts/services.ts";
import { CommandError, UsageError } from "#server/cli/command.ts";
import { ownerActor } from "#server/db/database.ts";
import { testServices } from "#tests/support/app.ts";
import {
  allRows,
  aSergeant,
  fillChain,
  lastId,
  linesAfter,
  withoutGuards,
} from "#tests/support/audit.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

onEachEngine(
  "boxster audit",
  ({ db }) => {
    let services: Services;
    const folder = scratchFolder("audit");
    beforeAll(async () => {
      services = await testServices(db());
    });
    afterAll(async () => {
      await services.solver.close();
    });
    const audit = (positionals: string[], values: Record<string, string | boolean> = {}) =>
      runCommand(services, auditCommand, { positionals, values });
    const file = (name: string) => join(folder, name);

    test("verify says that the chain holds, in one sentence and as JSON, and leaves a line", async () => {
      const before = await lastId(db());
      const { json, text, exit } = await audit(["verify"]);
      expect(auditVerdict.parse(json)).toMatchObject({ ok: true, rows: Number(before) });
      expect(text[0]).toMatch(/^The log is intact: \d+ rows/);
      expect(exit).toBe(0);
      const lines = await linesAfter(db(), before);
      expect(lines.map(({ person, role, act, purpose }) => [person, role, act, purpose])).toEqual([
        ["tester", "operator", "verify the audit chain", "oversight"],
      ]);
    });

    test("head prints number, time and hash, and verify takes it in any form", async () => {
      const { json, text } = await audit(["head"]);
      const { head } = json as { head: { id: string; at: string; hash: string } };
      expect(text).toEqual([`${head.id} ${head.at} ${head.hash}`]);
      await writeFile(file("head.txt"), `${text[0]}\n`);
      await writeFile(file("head.json"), `${JSON.stringify(json)}\n`);
      await audit(["export", file("chain.ndjson")]);
      for (const given of [head.hash, file("head.txt"), file("head.json"), file("chain.ndjson")]) {
        expect(await audit(["verify"], { head: given }), given).toMatchObject({ exit: 0 });
      }
    });

    test("an export is JSON lines with the head as the last, and can be verified by itself", async () => {
      const { json } = await audit(["export", file("whole.ndjson")]);
      const lines = (await readFile(file("whole.ndjson"), "utf8")).trimEnd().split("\n");
      const last = JSON.parse(lines.at(-1) ?? "") as { head: { id: string } };
      expect(last).toEqual({ head: (json as typeof last).head });
      expect(lines).toHaveLength(Number(last.head.id) + 1);
      const check = createChainCheck(null);
      for (const line of lines.slice(0, -1)) {
        const row = JSON.parse(line) as Record<string, string>;
        const detail = /"detail":(\{.*\}),"previous"/.exec(line)?.[1] ?? "";
        check.push({ ...row, detail } as Parameters<typeof check.push>[0]);
      }
      expect(check.finish()).toMatchObject({ broken: null, rows: Number(last.head.id) });
    });

    test("a table for a spreadsheet runs nothing in it", async () => {
      const actor = { ...aSergeant, person: "=cmd|' /c calc'!A1" };
      await db().transaction(actor, (tx) =>
        appendAudit(tx, actor, {
          verb: "consultation",
          act: "+read, events",
          purpose: "oversight",
          outcome: "done",
          detail: {},
        }),
      );
      await audit(["export", file("chain.csv")], { csv: true });
      const text = await readFile(file("chain.csv"), "utf8");
      expect(text).toMatch(/^id,at,person,role,partner,verb,act,purpose,outcome,detail,/);
      expect(text).toContain("'=cmd|");
      expect(text).toContain(`"'+read, events"`);
      expect(text).not.toMatch(/[,\n]"?[=+@-]/);
    });

    test("an export never writes over a file", async () => {
      await writeFile(file("mine.ndjson"), "mine");
      await expect(audit(["export", file("mine.ndjson")])).rejects.toThrow(/already exists/);
      expect(await readFile(file("mine.ndjson"), "utf8")).toBe("mine");
    });

    test("a wrong call is told what is wrong", async () => {
      await expect(audit(["verified"])).rejects.toThrow(UsageError);
      await expect(audit(["export"])).rejects.toThrow(UsageError);
      await expect(audit(["head", file("x")])).rejects.toThrow(UsageError);
      await expect(audit(["head"], { csv: true })).rejects.toThrow(UsageError);
      await expect(audit(["verify"], { head: file("none") })).rejects.toThrow(CommandError);
      await writeFile(file("other.txt"), "nothing of ours");
      await expect(audit(["verify"], { head: file("other.txt") })).rejects.toThrow(
        /does not end with the head/,
      );
    });

    test("a broken chain ends with 1 and the row, and rows gone from the end are found by the head", async () => {
      const { json } = await audit(["head"]);
      await writeFile(file("kept.json"), JSON.stringify(json));
      const row = await db().transaction(ownerActor, async (tx) => {
        await withoutGuards(tx);
        const rows = await allRows(tx);
        const last = rows.at(-1);
        await tx.query("delete from audit where id > 6");
        await tx.query("alter table audit enable trigger audit_chained");
        return last;
      });
      expect(Number(row?.id)).toBeGreaterThan(7);
      const cut = await audit(["verify"], { head: file("kept.json") });
      expect(cut.exit).toBe(1);
      expect(cut.text[0]).toMatch(/was changed at row \d+/);
      await db().transaction(ownerActor, (tx) =>
        tx.query("update audit set person = 'somebody else' where id = 3"),
      );
      const changed = await audit(["verify"]);
      expect(changed).toMatchObject({ exit: 1, json: { ok: false, broken: { row: "3" } } });
      expect(changed.text[0]).toContain("was changed at row 3");
      await db().transaction(ownerActor, (tx) =>
        tx.query("alter table audit enable trigger audit_append_only"),
      );
    });
  },
  (db) => fillChain(db, 6),
);
