import { defineConfig } from "vitest/config";

/** Tests that take well under a second all together. */
const quick = [
  "tests/mutants/*.test.ts",
  "tests/unit/core/protected-time/*.test.ts",
  "tests/unit/core/patrols/*.test.ts",
  "tests/unit/core/disclosure/*.test.ts",
  "tests/unit/core/releases/*.test.ts",
  "tests/unit/server/patrols/moment.test.ts",
  "tests/property/patrols/plan-{crews,halves,model}.prop.test.ts",
  "tests/property/protected-time/outreach-expansion.prop.test.ts",
];
/** Whole plans and drawn outlines: seconds each. */
const long = [
  "tests/unit/core/patrols/patrol-{plan,floor,watch}.test.ts",
  "tests/unit/core/protected-time/{protected,patrol-ground}.test.ts",
  "tests/unit/server/patrols/{plan-search,plan-search-golden,tight-relaxation}.test.ts",
  "tests/property/patrols/plan-reroute.prop.test.ts",
  "tests/property/protected-time/blackout-outline.prop.test.ts",
  "tests/property/{disclosure,releases}/*-{intruder,program}.prop.test.ts",
];
/** Met only by what the quick ones have not seen (docs/mutants.md). */
const isQuick = process.env["MUTANT_TESTS"] === "quick";

/** The tests that a mutant meets (`npm run mutants`). */
export default defineConfig({
  root: new URL("../..", import.meta.url).pathname,
  test: {
    include: isQuick ? quick : [...quick, ...long, "tests/database/patrols/checker.db.test.ts"],
    exclude: isQuick ? [...long, "tests/mutants/pairs.test.ts"] : [],
    setupFiles: ["tests/mutants/fixed-seed.ts"],
    isolate: false,
    testTimeout: 30_000,
  },
});
