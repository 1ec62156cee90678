import { expect, test } from "vitest";
import { readPlaceLabel } from "#core/protected-time/footprint.ts";

test.each(["N9 7HD", "by n97hd", "51.65713, -0.03927", "51\u00b039'", "TQ 344 928", "TQ34409280"])(
  "a name that says where it is is refused: %s",
  (label) => {
    expect(readPlaceLabel(label)).toMatchObject({
      ok: false,
      reason: expect.stringContaining("coordinates or a postcode"),
    });
  },
);

test("a name is kept with single spaces; none, or one that is too long, is refused in words", () => {
  expect(readPlaceLabel("  Tea   van 2 ")).toEqual({ ok: true, value: "Tea van 2" });
  expect(readPlaceLabel(" ")).toMatchObject({ ok: false });
  expect(readPlaceLabel("x".repeat(60))).toMatchObject({ ok: true });
  expect(readPlaceLabel("x".repeat(61))).toMatchObject({
    ok: false,
    reason: expect.stringContaining("more than 60 letters"),
  });
});
