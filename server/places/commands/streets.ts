import { checkGraph, type StreetCheck } from "#core/places/streets/check-graph.ts";
import { StreetFileFault } from "#core/places/streets/graph-file.ts";
import { streetClasses } from "#core/places/streets/line.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { formatCount } from "#core/text/numbers.ts";
import { runAudited } from "#server/accounts/audit/audited.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  operatorActor,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { fileSource } from "#server/files/import-source.ts";
import { ArchiveFault } from "#server/places/basemap/archive-fault.ts";
import { addStreets } from "#server/places/streets/add-streets.ts";
import { readStreets } from "#server/places/streets/keep-streets.ts";
import { sentence } from "#server/problem.ts";

/** What can be done, each with its own line in the audit chain. */
const words = {
  add: { verb: "collection", act: "bring in streets", run: add },
  check: { verb: "consultation", act: "check the streets", run: check },
} as const;

/** The streets that ways are looked for on. */
export const streetsCommand: Command = {
  name: "streets",
  usage: "streets add FILE.geojson [--licence LINE] | check",
  summary: "Streets from a GeoJSON file of lines, for ways and walking times",
  options: {
    licence: {
      type: "string",
      summary: "The line that the source asks for, shown with the streets",
    },
  },
  positionals: [1, 2],
  files: [1],
  audit: { none: "each of its words writes its own line" },
  moreHelp: () => [
    "add takes the place of the streets that were there; a file that cannot be read leaves them as they are.",
    "check says how many streets there are, and how many of them hang together.",
  ],
  run: (context, args) => {
    const [name = "", file] = args.positionals;
    if (name !== "add" && name !== "check") {
      throw new UsageError(`"${name}" is none of ${Object.keys(words).join(", ")}.`);
    }
    if ((file !== undefined) !== (name === "add")) {
      throw new UsageError(name === "add" ? "FILE is missing." : "check takes no file.");
    }
    const { verb, act, run } = words[name];
    const audit = { verb, act, purpose: "records" } as const;
    return runAudited({ ...streetsCommand, audit, run }, context, args);
  },
};

async function add(
  context: CommandContext,
  { positionals, values }: ParsedArguments,
): Promise<CommandResult> {
  const { licence = null } = values;
  if (licence !== null && (typeof licence !== "string" || licence.length > longestLicence)) {
    throw new UsageError(`--licence is one line of at most ${longestLicence} characters.`);
  }
  try {
    const { notes, outside, ...added } = await addStreets(
      context,
      operatorActor(context.operator),
      {
        source: await fileSource(positionals[1] ?? ""),
        attribution: licence?.trim() || null,
        signal: context.signal,
      },
    );
    return {
      json: { ...added, outside, notes },
      text: [
        ...describe(added),
        ...(outside > 0 ? [`${formatCount(outside)} lines lie outside and were left out.`] : []),
        ...notes,
      ],
    };
  } catch (error) {
    if (error instanceof ArchiveFault) throw new CommandError(error.message, { cause: error });
    if (!(error instanceof FileFault)) throw error;
    throw new CommandError(`${sentence(error)} Nothing was imported.`, { cause: error });
  }
}

const longestLicence = 200;

async function check({ config, addDetail }: CommandContext): Promise<CommandResult> {
  const kept = await readStreets(config.dataFolder).catch((error: unknown) => {
    if (!(error instanceof StreetFileFault)) throw error;
    throw new CommandError(`The streets cannot be read: ${error.message}.`, { cause: error });
  });
  if (!kept) {
    throw new CommandError(
      "There are no streets yet: boxster streets add FILE.geojson brings them in, and so does a base map.",
    );
  }
  const result = checkGraph(kept.graph);
  addDetail({ segments: result.segments });
  const { kind, name } = kept.source;
  return {
    json: { ...result, source: kept.source, hash: kept.hash },
    text: [...describe(result), `From ${kind === "file" ? "the file" : "the base map"} ${name}.`],
  };
}

function describe({ segments, km, parts, largestShare, named, byClass }: StreetCheck): string[] {
  const share = (100 * largestShare).toFixed(1);
  const classes = streetClasses.filter((kind) => byClass[kind] > 0);
  return [
    `${formatCount(segments)} segments, ${formatCount(km)} km, ${formatCount(named)} with a name.`,
    parts === 1
      ? "All of them hang together."
      : `${formatCount(parts)} parts that do not meet; the largest has ${share}% of the length.`,
    `Km of each kind: ${classes.map((kind) => `${kind} ${byClass[kind].toFixed(1)}`).join(", ")}.`,
  ];
}
