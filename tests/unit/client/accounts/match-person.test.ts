import { expect, test } from "vitest";
import { matchPerson, personFault } from "#client/accounts/audit/filters.ts";

const names = ["ann", "anna.field", "jane.hollis", "j.mc-hollister", "demonstration sergeant"];
const meant = (typed: string) => matchPerson(typed, names).person;

test("a name as it is comes first, then the one that begins so, then the one that has it in it", () => {
  expect(meant("ann")).toBe("ann");
  expect(meant(" ANN ")).toBe("ann");
  expect(meant("anna")).toBe("anna.field");
  expect(meant("sergeant")).toBe("demonstration sergeant");
  expect(meant("JANE")).toBe("jane.hollis");
  expect(meant("")).toBe("");
});

test("a part of several names, or of none, is asked about and not guessed", () => {
  const several = matchPerson("hollis", names);
  expect(several).toEqual({ person: null, others: ["jane.hollis", "j.mc-hollister"] });
  expect(personFault(several)).toBe(
    "2 names contain that: jane.hollis, j.mc-hollister. Choose one.",
  );
  const many = Array.from({ length: 7 }, (_, n) => `team ${n}`);
  expect(personFault(matchPerson("eam", many))).toMatch(/team 3 and 3 more\. Choose one/);
  expect(personFault(matchPerson("nobody", names))).toBe("Nobody in the log has that name.");
  expect(personFault(matchPerson("ann", names))).toBeUndefined();
});
