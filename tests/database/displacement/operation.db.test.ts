import { expect, test } from "vitest";
import type { Operation } from "#core/displacement/operation.ts";
import { cellAt, disk } from "#core/geo/cell.ts";
import { DatabaseError } from "#server/db/database.ts";
import { createOperation, loadOperations } from "#server/displacement/operations/store.ts";
import { onEachEngine } from "#tests/support/database.ts";

const cells = disk(cellAt([-0.0631, 51.6179], 10), 2);
const operation: Operation = {
  name: "Fore Street",
  cells,
  startsOn: "2021-08-01",
  endsOn: "2021-10-31",
  control: null,
  phases: [],
};

onEachEngine("operations", ({ rolledBack }) => {
  test("come back as stored: dates to the day, every cell once", () =>
    rolledBack(async (tx) => {
      const id = await createOperation(tx, { ...operation, cells: [...cells, ...cells] });
      const [stored] = await loadOperations(tx, "2021-11-26");
      expect(stored).toMatchObject({
        id,
        name: "Fore Street",
        startsOn: "2021-08-01",
        endsOn: "2021-10-31",
      });
      expect(stored?.cells.length).toBe(cells.length);
      expect(new Set(stored?.cells)).toEqual(new Set(cells));
    }));

  test("are not seen before they start, and the latest start comes first", () =>
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

  test.each([
    [{ endsOn: "2021-07-31" }, "operation_ends_on_check"],
    [{ name: "" }, "operation_name_check"],
    [{ name: " padded" }, "operation_name_check"],
    [{ name: "x".repeat(81) }, "operation_name_check"],
  ])("a wrong one is refused by a named rule: %j", (wrong, constraint) =>
    rolledBack(async (tx) => {
      const failed = createOperation(tx, { ...operation, ...wrong });
      await expect(failed).rejects.toMatchObject({ code: "23514", constraint });
      await expect(failed).rejects.toBeInstanceOf(DatabaseError);
    }),
  );

  test("a second one of the same name is refused", () =>
    rolledBack(async (tx) => {
      await createOperation(tx, operation);
      await expect(createOperation(tx, operation)).rejects.toMatchObject({
        code: "23505",
        constraint: "operation_name_key",
      });
    }));

  test("one without a treated cell is refused before it is stored", () =>
    rolledBack(async (tx) => {
      await expect(createOperation(tx, { ...operation, cells: [] })).rejects.toThrow(
        "no treated cell",
      );
      expect(await loadOperations(tx, "2021-11-26")).toEqual([]);
    }));

  test("its cells go with it", () =>
    rolledBack(async (tx) => {
      await createOperation(tx, operation);
      await tx.query("delete from operation");
      expect(await tx.query("select cell::text from operation_cell")).toEqual([]);
    }));
});
