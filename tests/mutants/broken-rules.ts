import type { BrokenRule } from "#tests/mutants/broken/broken-rule.ts";
import { rules1to4 } from "#tests/mutants/broken/rules-1-to-4.ts";
import { rules5to6 } from "#tests/mutants/broken/rules-5-to-6.ts";
import { rules7 } from "#tests/mutants/broken/rules-7.ts";
import { rules8to12 } from "#tests/mutants/broken/rules-8-to-12.ts";
import { rules13to20 } from "#tests/mutants/broken/rules-13-to-20.ts";
import { rules21 } from "#tests/mutants/broken/rules-21.ts";
import { rules22 } from "#tests/mutants/broken/rules-22.ts";
import { rules23 } from "#tests/mutants/broken/rules-23.ts";

/** By the number of their safeguard, each of which has some. */
export const brokenRules: readonly BrokenRule[] = [
  ...rules1to4,
  ...rules5to6,
  ...rules7,
  ...rules8to12,
  ...rules13to20,
  ...rules22,
  ...rules21,
  ...rules23,
];
