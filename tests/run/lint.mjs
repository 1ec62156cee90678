// `npm run lint`: every check that neither runs a test nor makes anything. Prints what is wrong, and nothing else.
import { checks, runCheck } from "./tasks.mjs";

for (const check of checks) {
  const { failures, output } = await runCheck(check);
  if (failures.length === 0) continue;
  console.log(output.trim());
  process.exitCode = 1;
}
