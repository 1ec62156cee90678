import { FileFault } from "#core/table/file-fault.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import {
  type Command,
  CommandError,
  type CommandResult,
  type LoneContext,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { DatabaseError } from "#server/db/database.ts";
import { openScratch } from "#server/db/open.ts";
import { buildPack, type PackReport } from "#server/places/pack/build-pack.ts";
import type { PackRequest } from "#server/places/pack/make-areas.ts";
import { sentence } from "#server/problem.ts";

const text = (summary: string) => ({ type: "string", summary }) as const;

/** Packs of places, for other commands than the one that Boxster comes with: docs/another-command.md. */
export const placesCommand: Command = {
  name: "places",
  usage: "places build --boundary FILE --zone ZONE --attribution TEXT --out FOLDER [OPTIONS]",
  summary: "Make the places of another command out of its boundary, streets and names",
  options: {
    boundary: text("Areas of the command: GeoJSON or GeoPackage"),
    parts: {
      ...text('Names or codes of those that make it up, such as "A,B" (default: all)'),
      multiple: true,
    },
    layer: text("Layer of a GeoPackage (default: the only one with areas)"),
    code: text("Property that holds the code (default: detected)"),
    name: text("Property that holds the name (default: detected)"),
    neighbours: text("Areas around it (default: the others of --boundary)"),
    "neighbours-layer": text("Layer of a GeoPackage of neighbours"),
    names: text("CSV of name,lng,lat and kind, or a gazetteer file"),
    streets: text("PMTiles, MBTiles, or GeoJSON lines with names"),
    zone: text("Its time zone, such as Europe/London"),
    pack: text("Code of the pack (default: from the folder's name)"),
    called: text('What the command is called (default: "A and B")'),
    patch: text("What patrols are around (default: the main road with the most corners)"),
    out: text("Folder to make; it must not be there, or be empty"),
    attribution: {
      ...text("A licence line that every map shows; give it again for another"),
      multiple: true,
    },
  },
  positionals: [1, 1],
  fileOptions: ["boundary", "neighbours", "names", "streets", "out"],
  audit: { none: "it has no database" },
  run: () => Promise.reject(new CommandError("places works on files alone, in this process.")),
  alone: async (context, args) => {
    const [word = ""] = args.positionals;
    if (word !== "build") throw new UsageError(`"${word}" is none of build.`);
    return build(context, readRequest(args.values));
  },
};

async function build({ say, signal }: LoneContext, request: PackRequest): Promise<CommandResult> {
  try {
    const report = await buildPack(request, { say, signal, openScratch: () => openScratch(say) });
    return { json: report, text: describe(report) };
  } catch (cause) {
    const why = signal.aborted ? "Stopped." : whyRefused(cause, request);
    if (why === null) throw cause;
    throw new CommandError(`${why} Nothing was written.`, { cause });
  }
}

function whyRefused(cause: unknown, { out }: PackRequest): string | null {
  const { code } = cause as NodeJS.ErrnoException;
  if (code === "EACCES" || code === "ENOSPC" || code === "EROFS") {
    return `${out} cannot be written (${code}).`;
  }
  if (cause instanceof DatabaseError) {
    return `The areas cannot be fitted to one another (${cause.message}). Simplify or repair them first.`;
  }
  return cause instanceof FileFault ? sentence(cause) : null;
}

type Values = ParsedArguments["values"];

function readRequest(values: Values): PackRequest {
  const word = (name: string): string | null => {
    const value = values[name];
    return typeof value === "string" ? value : null;
  };
  const needed = (name: string): string => {
    const value = word(name);
    if (value !== null && value !== "") return value;
    throw new UsageError(`--${name} is missing.`);
  };
  const parts = wordsOf(values["parts"]);
  return {
    boundary: needed("boundary"),
    zone: needed("zone"),
    out: needed("out"),
    parts: parts.length === 0 ? null : parts,
    layer: word("layer"),
    code: word("code") ?? undefined,
    name: word("name") ?? undefined,
    neighbours: word("neighbours"),
    neighboursLayer: word("neighbours-layer"),
    names: word("names"),
    streets: word("streets"),
    pack: word("pack"),
    called: word("called"),
    patch: word("patch"),
    attributions: wordsOf(values["attribution"]),
  };
}

function wordsOf(value: Values[string]): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function describe(report: PackReport): string[] {
  const { parts, roads, corners, streets, stations, neighbourhoods, neighbours } = report;
  const touching = neighbours.filter(({ km }) => km > 0);
  const lines = touching.map(({ name, km }) => `${name} ${km.toFixed(1)} km`).join(", ") || "none";
  const more = roads.length > 5 ? " and others" : "";
  const named = roads.length > 0 ? ` (${roads.slice(0, 5).join(", ")}${more})` : "";
  return linesOf(
    `The pack "${report.code}" of ${report.name} is in ${report.folder}.`,
    `${formatQuantity(report.cells, "cell")} in ${formatQuantity(parts.length, "part")}: ${parts.join(", ")}. Time zone ${report.timeZone}.`,
    neighbours.length > 0 &&
      `${formatQuantity(touching.length, "neighbour")} with a common boundary: ${lines}; ${formatCount(neighbours.length - touching.length)} more within 3 km.`,
    `${formatQuantity(roads.length, "main road")}${named}, ${formatQuantity(corners, "corner")}, ${formatQuantity(streets, "street")}, ${formatQuantity(stations, "station")}, ${formatQuantity(neighbourhoods, "neighbourhood")}. Patrols are around ${report.patch}.`,
    report.notes,
    report.missing.map((what) => `Missing: ${what}`),
    `For every start and command on it: export BOXSTER_PLACES=${report.folder} BOXSTER_DATA=FOLDER`,
  );
}
