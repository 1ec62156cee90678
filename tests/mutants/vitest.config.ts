import { defineConfig } from "vitest/config";

/** The tests that a mutant meets (`npm run mutants`): the quick ones of what it may have broken. */
export default defineConfig({
  root: new URL("../..", import.meta.url).pathname,
  test: {
    include: [
      "tests/mutants/*.test.ts",
      "tests/unit/core/blackouts/*.test.ts",
      "tests/unit/core/patrol/*.test.ts",
      "tests/unit/server/plan-moment.test.ts",
      "tests/property/plan-{crews,halves,model,reroute}.prop.test.ts",
      "tests/property/outreach-expansion.prop.test.ts",
      "tests/property/blackout-outline.prop.test.ts",
    ],
    isolate: false,
    testTimeout: 30_000,
  },
});
