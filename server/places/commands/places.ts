import { z } from "zod";
import { describeMove } from "#core/places/move/words.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { dateName } from "#core/time/words.ts";
import {
  action,
  type Command,
  type CommandAct,
  CommandError,
  type CommandResult,
  flag,
  type LoneContext,
  loneAction,
} from "#server/cli/command.ts";
import { DatabaseError } from "#server/db/database.ts";
import { openScratch } from "#server/db/open.ts";
import { movePlaces, movePlacesBack } from "#server/places/move/move-places.ts";
import { buildPack, type PackReport } from "#server/places/pack/build-pack.ts";
import { type PackRequest, packRequest } from "#server/places/pack/read-files.ts";
import { sentence } from "#server/problem.ts";

/** Packs of places, for other commands than the one that Boxster comes with: docs/another-command.md. */
export const placesCommand: Command = {
  name: "places",
  summary: "Make the places of another command, or move this one onto redrawn boundaries",
  options: {
    boundary:
      "Boroughs of the area and those around it: GeoJSON, GeoPackage, Shapefile (zip), FlatGeobuf, GeoParquet or KML",
    parts: 'Names or codes of those that make it up, such as "A,B" (default: all)',
    layer: "Layer of a file with several (default: the only one with areas)",
    streets: "PMTiles, MBTiles, or lines with names in one of these formats",
    zone: "Its time zone, such as Europe/London",
    called: 'What the command is called (default: "A and B")',
    out: "Folder to make, whose name is the pack's code; it must not be there, or be empty",
    attribution: "A licence line that every map shows; give it again for another",
    "dry-run": "Say what would change, without changing anything",
    back: "Bring back the boundaries of before the last move, within 7 days",
  },
  words: {
    build: loneAction({
      takes:
        "--boundary FILE --zone ZONE --attribution TEXT... --out FOLDER [--parts A,B]... [--layer NAME] [--streets FILE] [--called NAME]",
      reads: packRequest,
      alone: build,
    }),
    move: action({
      takes: "[FOLDER] [--dry-run] [--back]",
      reads: z
        .object({ folder: z.string().optional(), "dry-run": flag, back: flag })
        .refine(
          ({ folder, back, "dry-run": dryRun }) =>
            (folder === undefined) === back && !(back && dryRun),
          "give the folder of the new places, or --back alone",
        ),
      audit: { verb: "alteration", act: "move places", purpose: "administration" },
      isStopped: ({ "dry-run": dryRun }) => !dryRun,
      run: move,
    }),
  },
};

async function move(
  act: CommandAct,
  {
    folder,
    "dry-run": dryRun,
  }: { readonly folder?: string | undefined; readonly "dry-run": boolean },
): Promise<CommandResult> {
  if (folder !== undefined) {
    const report = await movePlaces(act, { folder, dryRun });
    const exit = dryRun && report.faults.length > 0 ? 1 : 0;
    return { json: report, text: describeMove(report), exit };
  }
  const { movedOn, name } = await movePlacesBack(act);
  return {
    json: { back: name, movedOn },
    text: [
      `${name} has its boundaries of before ${dateName(movedOn)} back. What came in since stays.`,
      "From now on start with BOXSTER_PLACES set to the folder of before.",
    ],
  };
}

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
