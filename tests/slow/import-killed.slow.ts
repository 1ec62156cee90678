import { test } from "vitest";
import { killOnEmbedded } from "#tests/support/kill-import.ts";
import { twentyPoints } from "#tests/support/kill-points.ts";

/** SAFEGUARDS, invariant 15: every opening of a folder takes seconds, so that these are not everyday tests. */
test(
  "a process that is killed at any of twenty points leaves all of its rows or none: embedded",
  () => killOnEmbedded(twentyPoints),
  600_000,
);
