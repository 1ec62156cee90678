import { expect, test } from "vitest";
import { detailWords, groupedHash, roleName } from "#client/accounts/audit/audit-words.ts";
import { filterQuery, noFilters, readFilters } from "#client/accounts/audit/filters.ts";
import { auditQuery } from "#core/accounts/wire/audit.ts";

test("what stands in the address and is no filter is left out", () => {
  const read = readFilters({
    from: "2021-11-26",
    to: "31/11/2021",
    verb: "erasure",
    purpose: "gossip",
    outcome: "refused",
    person: "x".repeat(300),
    more: "1",
  });
  expect(read).toEqual({ ...noFilters, from: "2021-11-26", verb: "erasure", outcome: "refused" });
});

test("the query is one that the server takes; days the wrong way round are put right", () => {
  const filters = { ...noFilters, from: "2021-11-27", to: "2021-11-26", person: "a & b" };
  const query = filterQuery(filters, "214");
  const asked = Object.fromEntries(new URLSearchParams(query));
  expect(auditQuery.parse(asked)).toEqual({
    from: "2021-11-26",
    to: "2021-11-27",
    person: "a & b",
    before: "214",
  });
  expect(filterQuery(noFilters, null)).toBe("");
});

test("details, hashes and roles are put into words", () => {
  expect(detailWords({ from: "2021-10-01", rows: 1214, asAt: "2021-11-26", dryRun: false })).toBe(
    "from 2021-10-01, rows 1,214, as at 2021-11-26, dry run no",
  );
  expect(detailWords({ batch: null })).toBe("");
  expect(detailWords({ batch: 1204, accepted: 1117, rejected: 1, duplicates: 0 })).toBe(
    "batch 1204, stored 1,117, refused 1, duplicates 0",
  );
  expect(detailWords({ account: "jane.hollis", changed: "disabled,role,lastDay" })).toBe(
    "account jane.hollis, changed whether it is disabled and role and last day",
  );
  expect(groupedHash("ab".repeat(32)).split(" ")).toEqual(Array(8).fill("abababab"));
  expect(roleName("sergeant")).toBe("Sergeant");
  expect(roleName("operator")).toBe("Command line");
});
