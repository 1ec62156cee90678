import { expect, test } from "vitest";
import { createTeamLogins, databaseAt, teamName } from "#server/upkeep/team/team-logins.ts";

test.each([
  ["postgres://admin:x@db:5433/postgres", "postgres://NAME@db:5433/boxster_enfield"],
  [
    "postgresql://admin@db/postgres?sslmode=verify-full",
    "postgresql://NAME@db/boxster_enfield?sslmode=verify-full",
  ],
  ["postgres://db/postgres?user=admin&password=x", "postgres://NAME@db/boxster_enfield"],
  ["postgres:///postgres?host=/run/postgresql", "postgres://NAME@127.0.0.1:5432/boxster_enfield"],
  [
    "postgres://admin@/postgres?host=%2Frun&port=5432",
    "postgres://NAME@127.0.0.1:5432/boxster_enfield",
  ],
  ["postgres:///postgres?host=db", "postgres://NAME@/boxster_enfield?host=db"],
])("a team made with %s gets logins of its own at %s", (admin, expected) => {
  const { database, owner, server } = createTeamLogins("enfield", admin, "5432");
  expect(database).toBe("boxster_enfield");
  for (const [name, login] of [["owner", owner] as const, ["web", server] as const]) {
    expect(login.name).toBe(`boxster_enfield_${name}`);
    expect(login.password).toMatch(/^[0-9a-f]{48}$/);
    expect(login.url).toBe(expected.replace("NAME", `${login.name}:${login.password}`));
  }
  expect(owner.password).not.toBe(server.password);
});

test.each([
  ["postgres://admin:x@db:5433/postgres", "postgres://admin:x@db:5433/boxster_enfield"],
  ["postgres://admin@db", "postgres://admin@db/boxster_enfield"],
  ["postgres:///postgres?host=/run", "postgres:///boxster_enfield?host=%2Frun"],
])("the admin of %s reaches the new database at %s", (admin, expected) => {
  expect(databaseAt(admin, "boxster_enfield")).toBe(expected);
});

test("a team's name is short, small letters, digits and underscores", () => {
  const bad = ["", "Enfield", "1team", "_team", "a-b", "a b", "a;drop", "é", "a".repeat(32), "a\n"];
  expect(bad.filter((name) => teamName.test(name))).toEqual([]);
  expect(["a", "enfield", "n_17", "a".repeat(31)].filter((name) => !teamName.test(name))).toEqual(
    [],
  );
});
