import { FileFault } from "#core/import/file-fault.ts";
import { operatorActor } from "#server/cli/actor.ts";
import { type Command, CommandError, UsageError } from "#server/cli/command.ts";
import { sentence } from "#server/import/fault-problem.ts";
import {
  type BoundaryKind,
  type BoundaryResult,
  importBoundaries,
} from "#server/import/import-boundaries.ts";

export const importBoundariesCommand: Command = {
  name: "import-boundaries",
  usage: "import-boundaries FILE --kind ward|lsoa|beat|borough",
  summary: "Bring in wards, or better lines of boroughs, from a GeoJSON file",
  options: { kind: { type: "string", summary: "ward, lsoa, beat or borough" } },
  positionals: [1, 1],
  audit: { verb: "collection", act: "import boundaries", purpose: "records" },
  files: [0],
  run: async ({ db, operator, addDetail }, { positionals, values }) => {
    const kind = readKind(values["kind"]);
    const actor = operatorActor(operator);
    addDetail({ kind });
    try {
      const result = await importBoundaries(db, actor, positionals[0] ?? "", kind);
      return { json: result, text: describe(result) };
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      throw new CommandError(`${sentence(error)} Nothing was imported.`, { cause: error });
    }
  },
};

function readKind(value: unknown): BoundaryKind {
  if (value === "ward" || value === "borough") return value;
  if (value === "lsoa" || value === "beat") {
    throw new CommandError(
      `Nothing in this version is counted by ${value === "lsoa" ? "LSOA" : "beat"}, so such boundaries are not kept. Wards and boroughs are.`,
    );
  }
  throw new UsageError("--kind must be ward, lsoa, beat or borough.");
}

function describe(result: BoundaryResult): string[] {
  const lines = [
    `${result.features} areas read, ${result.kept} kept as ${result.kind}s, ${result.outside} outside the command.`,
  ];
  if (result.repaired.length > 0) {
    lines.push(`Lines that crossed themselves were put right in: ${result.repaired.join(", ")}`);
  }
  if (result.kind === "ward") {
    lines.push("Events that are imported from now on carry their ward; earlier ones do not.");
  }
  return lines;
}
