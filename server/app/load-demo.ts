import type { Command } from "#server/cli/command.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";

export const loadDemoCommand: Command = {
  name: "load-demo",
  usage: "load-demo",
  summary: "Fill a new database with the made-up demonstration data",
  options: {},
  positionals: [0, 0],
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
};
