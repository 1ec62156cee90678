import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { statementMarkdown, statementPage } from "#tests/browser/accessibility.ts";
import { type Access, daysBetween, readAccess, renewed } from "#tests/browser/app/access.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const listed = (screen: string, because = "x") =>
  ({
    screen,
    rule: "reflow",
    role: "analyst",
    because,
    since: "2026-01-05",
    instead: "y",
  }) as const;

/** Once one of these fails: `npm run accessibility -- --run`, then words for each new fault in docs/accessibility.json. */
describe("the accessibility statement", () => {
  test("tells of every view that the tests of reach try", () => {
    const tried = read("tests/browser/app/reach.browser.ts").matchAll(/fragment: "(#[^"]+)"/g);
    const known = new Set(readAccess().views.map((view) => view.split(" ")[1]));
    const views = [...new Set([...tried].map(([, fragment]) => fragment))];
    expect(views.length).toBeGreaterThan(30);
    expect(views.filter((fragment) => !known.has(fragment))).toEqual([]);
  });

  test("says of each failure why, since when, and what to do instead", () => {
    for (const { because, since, instead, ...fault } of readAccess().faults) {
      expect([because.trim(), instead.trim()], JSON.stringify(fault)).not.toContain("");
      expect(since).toMatch(/^\d{4}-\d\d-\d\d$/);
    }
  });

  test("is no older than a year on the day of the last commit", () => {
    const { tested } = readAccess();
    expect(tested).toMatch(/^\d{4}-\d\d-\d\d$/);
    // An archive of the code has no history, and comes from a commit that passed.
    if (!existsSync(new URL(".git", root))) return;
    const git = ["log", "-1", "--format=%cs"];
    const last = execFileSync("git", git, { cwd: fileURLToPath(root), encoding: "utf8" }).trim();
    expect(daysBetween(tested, last), `tested ${tested}, now ${last}`).toBeLessThanOrEqual(366);
  });

  test("is what npm run accessibility makes of the results, as a text and as a page", () => {
    expect(read("docs/accessibility.md")).toBe(statementMarkdown(readAccess()));
    expect(read("client/public/accessibility.html")).toBe(statementPage(readAccess()));
  });

  test("is only partial while something fails, and lists it; contact is for the force to fill, then the law's own way", () => {
    const access: Access = {
      tested: "2026-01-05",
      views: ["analyst #/records"],
      faults: [listed("#/records", "a table is <wide>")],
    };
    const page = statementPage(access);
    expect(page).toContain("partially compliant");
    expect(page).toContain("#/records: something cannot be reached");
    expect(page).toContain("a table is &lt;wide>");
    for (const form of [page, statementMarkdown(access), statementPage(readAccess())]) {
      expect(form).toContain("[force to fill]");
      expect(form).toContain("Equality and Human Rights Commission");
      expect(form).toContain("https://www.equalityadvisoryservice.com");
    }
    // It stays in the history of a partner's phone.
    expect(page).not.toMatch(/boxster|police|outreach/i);
    expect(statementPage(readAccess())).not.toMatch(/boxster|police/i);
  });
});

describe("a run of the tests", () => {
  const before: Access = {
    tested: "2026-01-05",
    views: ["analyst #/a", "analyst #/b", "sergeant #/plan"],
    faults: [listed("#/a"), listed("#/b"), { ...listed("#/plan"), role: "sergeant" }],
  };
  const found = (...screens: string[]) => screens.map((screen) => ({ screen, rule: "reflow" }));

  test("takes off what fails no more, keeps the words for what still does, and asks for those of what is new", () => {
    const screens = ["#/a", "#/b", "#/c"];
    const run = { role: "analyst", screens, found: found("#/a", "#/c", "#/c") };
    const now = renewed(before, run, "2026-02-01");
    expect(now.views).toEqual(["analyst #/a", "analyst #/b", "analyst #/c", "sergeant #/plan"]);
    expect(now.faults).toEqual([
      listed("#/a"),
      { ...listed("#/c"), because: "", since: "2026-02-01", instead: "" },
      { ...listed("#/plan"), role: "sergeant" },
    ]);
    expect(now.tested).toBe("2026-02-01");
  });

  test("with the same result changes nothing, but for the day of a run after 90 days", () => {
    const run = { role: "analyst", screens: ["#/b", "#/a"], found: found("#/b", "#/a") };
    expect(renewed(before, run, "2026-04-05")).toEqual(before);
    expect(renewed(before, run, "2026-04-06")).toEqual({ ...before, tested: "2026-04-06" });
  });
});
