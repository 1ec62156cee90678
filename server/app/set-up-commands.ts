import { command } from "#server/cli/command.ts";
import { readLogin } from "#server/db/login.ts";
import { migrate } from "#server/db/migrate.ts";
import { Problem } from "#server/problem.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";

export const migrateCommand = command({
  name: "migrate",
  summary: "Update the schema, as the owner of the database",
  audit: { none: "it changes the schema, no row; which migrations when is in the table migration" },
  before: true,
  run: async ({ db }) => {
    const { name, kind } = await readLogin(db);
    if (kind === "app" || kind === "none") {
      throw new Problem(
        403,
        "Nothing was changed",
        `The login ${name} is not the database's owner. Set DATABASE_URL to the owner's address for this one command.`,
      );
    }
    const applied = await migrate(db);
    return {
      json: { applied },
      text:
        applied.length === 0
          ? ["The schema is up to date."]
          : applied.map((migration) => `${migration} is in.`),
    };
  },
});

export const loadDemoCommand = command({
  name: "load-demo",
  summary: "Fill a new database with demonstration data",
  audit: { verb: "collection", act: "load the demonstration", purpose: "records" },
  run: async (context) => {
    const demo = await loadDemo(context, context.say);
    const json = {
      seed: demo.seed,
      asAt: demo.asAt,
      events: demo.events.length,
      partners: demo.partners.length,
      operation: demo.operation.name,
    };
    return {
      json,
      text: [
        `Demonstration loaded: ${json.events} made-up events, ${json.partners} partners, operation ${json.operation}, as at ${json.asAt}.`,
      ],
    };
  },
});
