import { expect, test } from "vitest";
import { tallyLabel } from "#core/outcomes/typed-tally.ts";

test("a part is written within its sentence, and a name in it keeps its capitals", () => {
  const labelOf = (part: string) =>
    tallyLabel({ measure: "cautions", breakdown: "residence", part });
  expect(labelOf("elsewhere_london")).toBe("Cautions, where they live: elsewhere in the region");
  expect(labelOf("not_known")).toBe("Cautions, where they live: not known");
  expect(tallyLabel({ measure: "cautions", breakdown: null, part: null })).toBe("Cautions");
});
