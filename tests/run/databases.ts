import { dropFilledTemplates, filledTemplate } from "#tests/support/filled-template.ts";
import { borrowDatabase } from "#tests/support/kept-database.ts";
import { fillPlanned } from "#tests/support/planned.ts";

/**
 * What tests start from, made once before all layers: the snapshot of an embedded database, the demonstration's rows,
 * those after a server has watched, and those with a plan; on a server each as a template.
 */
const server = process.env["TEST_DATABASE_URL"];
if (process.argv.includes("drop")) {
  if (server) await dropFilledTemplates(server);
} else {
  await borrowDatabase(fillPlanned);
  if (server) await filledTemplate(server, fillPlanned);
}
// The embedded database has a thread of its own, which does not end by itself.
process.exit(0);
