import { expect, test } from "vitest";
import { linkFault } from "#client/hotspots/views/link-fault.ts";

test("a link whose dates cannot be shown is told, one without dates is not", () => {
  expect(linkFault({})).toBeNull();
  expect(linkFault({ from: "2021-11-01", to: "2021-11-26" })).toBeNull();
  expect(linkFault({ from: "2021-11-05", to: "2021-11-05" })).toBeNull();
  expect(linkFault({ from: "2021-11-05", to: "2021-11-04" })).toBe(
    "The dates in this link end before they start (2021-11-05 to 2021-11-04)",
  );
  expect(linkFault({ from: "2021-02-31", to: "2021-03-04" })).toMatch(
    /dates in this link are not valid/,
  );
  expect(linkFault({ from: "2021-02-01" })).toMatch(/2021-02-01 to nothing/);
  expect(linkFault({ from: "x".repeat(500), to: "y" })?.length).toBeLessThan(80);
});
