import { type ColumnPlan, createRowKeeper } from "#core/records/keep-columns.ts";
import { createDelimitedReader } from "#core/table/delimiter.ts";

/** What the browser would send of a text that comes in pieces. */
export function createTextKeeper(plan: ColumnPlan | null = null) {
  const rows = createDelimitedReader();
  const keeper = createRowKeeper(plan);
  return {
    push: (text: string) => rows.push(text).map(keeper.write).join(""),
    finish: () => rows.finish().map(keeper.write).join(""),
    blocked: () => keeper.blocked().map(({ column }) => column),
  };
}
