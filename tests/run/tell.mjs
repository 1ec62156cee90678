// What the runs of tests say: one line as each part ends, and at the end all that failed.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { root } from "../../server/cli/own-node.mjs";

/** What is kept of failures: output here, pictures and traces of a journey beside it. */
const kept = join("var", "tests");

export function emptyKept() {
  rmSync(join(root, kept), { recursive: true, force: true });
  mkdirSync(join(root, kept), { recursive: true });
}

/** One line, and the output of what failed in a file. */
export function tellEnd(result) {
  tellLine(result);
  const { name, failures, output } = result;
  if (failures.length === 0) return;
  writeFileSync(
    join(root, kept, `${name.replaceAll(/[ ,]+/g, "-")}.txt`),
    stripVTControlCharacters(output),
  );
}

export function tellLine({ name, isCheck, passed, skipped, failures, seconds }) {
  const parts = [
    ...(isCheck ? (passed > 0 ? ["passed"] : []) : [`${passed} passed`]),
    ...(failures.length > 0 ? [isCheck ? "FAILED" : `${failures.length} FAILED`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    `${seconds.toFixed(0)} s`,
  ];
  console.log(`${name}: ${parts.join(", ")}`);
}

/** The output of what failed, then its list, then one line of totals; answers the exit code. */
export function tellAll(results, seconds) {
  const bad = results.filter(({ failures }) => failures.length > 0);
  for (const { name, output } of bad) console.log(`\n== ${name}\n${output.trim()}`);
  const failures = bad.flatMap((result) => result.failures);
  if (failures.length > 0) {
    console.log("\nFailed, each with the command that runs it again:");
    for (const { what, again } of failures) console.log(`  ${what}\n    ${again}`);
    console.log(`Kept of this in ${kept}/: ${readdirSync(join(root, kept)).sort().join(", ")}`);
  }
  const total = (of) => results.reduce((sum, result) => sum + result[of], 0);
  const counts = [total("passed"), failures.length, total("skipped")];
  console.log(
    `\n${counts[0]} passed, ${counts[1]} failed, ${counts[2]} skipped in ${lengthOf(seconds)}`,
  );
  return failures.length === 0 ? 0 : 1;
}

function lengthOf(seconds) {
  const whole = Math.round(seconds);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
