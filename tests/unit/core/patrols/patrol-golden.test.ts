import { expect, test } from "vitest";
import { partsText, planText } from "#tests/support/planner-parts.ts";

/**
 * Equal inputs and seed give an equal plan (DEFINITIONS, Plan): what each part made of drawn windows when these
 * files were written. After a change that is meant they are written again with `npx vitest run -u`, and read.
 */
test.each([1, 2, 3, 4, 5, 6])(
  "the parts of the planner make what they made (seed %i)",
  async (seed) => {
    await expect(partsText(seed)).toMatchFileSnapshot(`../../../golden/patrol/parts-${seed}.txt`);
  },
);

test.each([1, 2])("a small plan is what it was, window by window (seed %i)", async (seed) => {
  await expect(planText(seed)).toMatchFileSnapshot(`../../../golden/patrol/plan-${seed}.txt`);
});
