import { expect, test } from "vitest";
import { approvalHash } from "#client/releases/drafts/releases-api.ts";

test("what is approved is what was read: nothing before, and nothing whose reading failed", () => {
  expect(approvalHash({ mayApprove: true }, null)).toBeNull();
  expect(approvalHash({ mayApprove: true }, "b")).toBe("b");
  expect(approvalHash({ mayApprove: false }, "b")).toBeNull();
});
