import { expect, test } from "vitest";
import { mayApprove } from "#client/releases/drafts/releases-api.ts";

const draft = { mayApprove: true, contentHash: "5a" };

test("what is approved is what was read: nothing before, and nothing whose reading failed", () => {
  expect(mayApprove(draft, { draft })).toBe(true);
  expect(mayApprove(draft, null)).toBe(false);
  expect(mayApprove(draft, { draft: { contentHash: "b7" } })).toBe(false);
  expect(mayApprove({ ...draft, mayApprove: false }, { draft })).toBe(false);
});
