import { expect, test } from "vitest";
import { addUp } from "#core/disclosure/area-tree.ts";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import { suppressLinked } from "#core/disclosure/suppress.ts";
import { createRandom } from "#core/random.ts";
import { areaTree } from "#tests/support/disclosure.ts";

/**
 * Which figures are withheld beside a small one decides what a reader can tell of it (suppress.ts). Drawn counts, many
 * near the threshold, and what came out when this file was written. After a change that is meant it is written again
 * with `npx vitest run -u`, and read: nothing may stand where a blank stood without a proof.
 */
test("the figures that are withheld beside a small one are those that were", async () => {
  const random = createRandom(20_211_126);
  const lines: string[] = [];
  for (let set = 0; set < 240; set += 1) {
    const parts = Array.from({ length: 1 + random.integer(3) }, () => 1 + random.integer(5));
    const tree = areaTree(parts);
    const most = [8, 14, 30, 60][set % 4] ?? 8;
    const counts = tree.children.map((of) =>
      of.length > 0 ? 0 : random.integer(2) * random.integer(most + 1),
    );
    const before = counts.join();
    const shown = suppressLinked(tree, counts, tenFiveRule);
    expect(counts.join()).toBe(before);
    const exact = addUp(tree, counts);
    lines.push(tree.ids.map((id, at) => `${id} ${exact[at]}: ${shown[at] ?? "-"}`).join(", "));
  }
  await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot(
    "../../../golden/disclosure/suppress.txt",
  );
});
