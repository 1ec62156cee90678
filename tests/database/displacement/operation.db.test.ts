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
});
