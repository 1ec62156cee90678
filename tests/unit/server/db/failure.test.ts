import { expect, test } from "vitest";
import { refuseUnfit } from "#server/accounts/password-account.ts";
import { failureText } from "#server/db/errors.ts";
import { Problem } from "#server/problem.ts";

test("what is wrong with a password is said once", async () => {
  let said = "";
  try {
    await refuseUnfit("short", "j.hollis");
  } catch (error) {
    said = failureText(error);
  }
  expect(said).toMatch(/^Password not accepted: A password needs at least 12 characters/);
  expect(said.split("at least 12 characters")).toHaveLength(2);
});

test("a reason that the sentence does not hold is said with its field", () => {
  const problem = new Problem(422, "Not accepted", "Two fields are wrong.", [
    { field: "from", reason: "is no date" },
    { field: "to", reason: "is before from" },
  ]);
  expect(failureText(problem)).toBe(
    "Not accepted: Two fields are wrong. from is no date to is before from",
  );
});
