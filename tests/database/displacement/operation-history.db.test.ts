import { expect, test } from "vitest";
import type { Operation } from "#core/displacement/operation.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import type { Actor } from "#core/role.ts";
import type { Transaction } from "#server/db/database.ts";
import {
  changeOperation,
  createOperation,
  deleteOperation,
  insertReport,
  loadAllOperations,
  loadOperations,
  loadRevisions,
  type StoredOperation,
} from "#server/displacement/operations/store.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";

const middle = cellAt([-0.0631, 51.6179], 10);
const cells = disk(middle, 2);
const apart = disk(cellAt([-0.09, 51.65], 10), 1);
const operation: Operation = {
  name: "Fore Street",
  cells,
  startsOn: "2021-08-01",
  endsOn: "2021-10-31",
  control: null,
  phases: [],
};
const phases = [
  { name: "Visible", startsOn: "2021-08-01", endsOn: "2021-08-31" },
  { name: "Settled", startsOn: "2021-09-10", endsOn: null },
];
const phase = (startsOn: string, endsOn: string | null, name = "One") => ({
  name,
  startsOn,
  endsOn,
});
const at = Date.parse("2021-11-26T10:00:00Z");

function actor(role: Actor["role"]): Actor {
  return { person: `a ${role}`, role, partner: role === "partner" ? "a" : null };
}

async function stored(tx: Transaction, name = operation.name): Promise<StoredOperation> {
  const found = (await loadAllOperations(tx)).find((one) => one.name === name);
  if (!found) throw new Error(`"${name}" is not stored`);
  return found;
}

async function addReport(tx: Transaction, operationId: number, revision = 1): Promise<number> {
  const note = { operationId, revision, asAt: "2021-11-26", now: at, person: "analyst" };
  return insertReport(tx, { ...note, form: "paper" });
}

onEachEngine("an operation and what it was", ({ db, rolledBack }) => {
  test("operations are not seen before they start, and the latest start comes first", () =>
    rolledBack(async (tx) => {
      await createOperation(tx, operation);
      await createOperation(tx, {
        ...operation,
        name: "Later",
        startsOn: "2021-09-01",
        endsOn: null,
      });
      const names = async (asAt: string) => (await loadOperations(tx, asAt)).map((one) => one.name);
      expect(await names("2021-07-31")).toEqual([]);
      expect(await names("2021-08-01")).toEqual(["Fore Street"]);
      expect(await names("2021-09-01")).toEqual(["Later", "Fore Street"]);
    }));

  test("control cells and phases come back as stored, treated cells apart from control", () =>
    rolledBack(async (tx) => {
      await createOperation(tx, { ...operation, control: apart, phases });
      const found = await stored(tx);
      expect(new Set(found.cells)).toEqual(new Set(cells));
      expect(new Set(found.control)).toEqual(new Set(apart));
      expect(found.phases).toEqual(phases);
      expect(found.controlArea).toEqual({ by: "cells", name: null });
      await createOperation(tx, { ...operation, name: "Without" });
      expect((await stored(tx, "Without")).control).toBeNull();
    }));

  test.each([
    [
      {
        phases: [
          { name: "One", startsOn: "2021-08-01", endsOn: "2021-08-31" },
          { name: "Two", startsOn: "2021-08-31", endsOn: null },
        ],
      },
      "operation_phase_no_overlap",
    ],
    [{ phases: [phase("2021-07-31", "2021-08-31")] }, "operation_phase_inside"],
    [{ phases: [phase("2021-10-01", "2021-11-01")] }, "operation_phase_inside"],
    [{ phases: [phase("2021-11-01", null)] }, "operation_phase_inside"],
    [{ phases: [phase("2021-09-02", "2021-09-01")] }, "operation_phase_ends_on_check"],
    [{ phases: [phase("2021-09-02", null, " One")] }, "operation_phase_name_form"],
    [{ control: [middle] }, "operation_cell_cell_pkey"],
    [{ endsOn: "2021-07-31" }, "operation_ends_on_check"],
    [{ name: "" }, "operation_name_check"],
    [{ name: " padded" }, "operation_name_check"],
    [{ name: "x".repeat(81) }, "operation_name_check"],
  ])("a wrong one is refused by a named rule: %j", (wrong, constraint) =>
    rolledBack(async (tx) => {
      const failed = createOperation(tx, { ...operation, ...wrong });
      await refusedBy(constraint, failed);
    }),
  );

  test("new dates that leave a phase outside are refused by the database itself", () =>
    rolledBack(async (tx) => {
      await createOperation(tx, { ...operation, phases });
      const moved = tx.query("update operation set starts_on = '2021-08-02'");
      await refusedBy("operation_phase_inside", moved);
    }));

  test("each change is a revision with who and when; what was stays as it was", () =>
    rolledBack(async (tx) => {
      const id = await createOperation(tx, { ...operation, now: at, person: "first" });
      const before = await stored(tx);
      const revision = await changeOperation(tx, {
        ...before,
        id,
        read: 1,
        act: "changed",
        cells: [...cells, ...apart],
        endsOn: null,
        now: at + 60_000,
        person: "second",
      });
      expect(revision).toBe(2);
      expect(await stored(tx)).toMatchObject({ revision: 2, changedBy: "second", endsOn: null });
      const rows = await loadRevisions(tx, id);
      expect(rows.map(({ revision: number, act, by }) => [number, act, by])).toEqual([
        [1, "added", "first"],
        [2, "changed", "second"],
      ]);
      expect(rows.map(({ at: when }) => Date.parse(when))).toEqual([at, at + 60_000]);
      expect(rows.map(({ treated }) => treated.cells.length)).toEqual([
        cells.length,
        cells.length + apart.length,
      ]);
      expect(rows[0]?.endsOn).toBe("2021-10-31");
    }));

  test("two who save at the same moment: one is kept, the other is told", async () => {
    const made = await db().transaction(actor("analyst"), async (tx) => {
      await createOperation(tx, { ...operation, name: "Race" });
      return stored(tx, "Race");
    });
    const save = (role: "sergeant" | "analyst") =>
      db().transaction(actor(role), (tx) =>
        changeOperation(tx, {
          ...made,
          read: 1,
          act: "changed",
          endsOn: role === "sergeant" ? null : "2021-12-01",
          now: at,
          person: role,
        }),
      );
    const both = await Promise.all([save("sergeant"), save("analyst")]);
    expect([...both].sort()).toEqual([2, null]);
    const rows = await db().transaction(actor("analyst"), (tx) => loadRevisions(tx, made.id));
    expect(rows.length).toBe(2);
    expect(rows[1]?.by).toBe(both[0] === 2 ? "sergeant" : "analyst");
  });

  test("what a report refers to cannot be deleted, and goes with everything otherwise", () =>
    rolledBack(async (tx) => {
      const id = await createOperation(tx, { ...operation, phases });
      await createOperation(tx, { ...operation, name: "Free", phases });
      const free = await stored(tx, "Free");
      expect(await deleteOperation(tx, { id: free.id, read: 1 })).toBe(true);
      expect(await loadRevisions(tx, free.id)).toEqual([]);
      await addReport(tx, id);
      await expect(deleteOperation(tx, { id, read: 1 })).rejects.toMatchObject({
        code: "23503",
        constraint: "operation_report_revision_fkey",
      });
    }));
});
