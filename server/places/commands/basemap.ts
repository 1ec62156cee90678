import type { AuditNote } from "#core/audit.ts";
import { schemaWords } from "#core/places/basemap/schema.ts";
import { sizeWords } from "#core/places/basemap/size-words.ts";
import { checkGraph } from "#core/places/streets/check-graph.ts";
import { StreetFileFault } from "#core/places/streets/graph-file.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
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
import { addArchive } from "#server/places/basemap/add-archive.ts";
import { ArchiveFault, BrokenDownload } from "#server/places/basemap/archive-fault.ts";
import { getArchive } from "#server/places/basemap/get-archive.ts";
import type { KeptArchive } from "#server/places/basemap/keep-draft.ts";
import { isWhole, withArchive } from "#server/places/basemap/kept.ts";
import { removeArchive } from "#server/places/basemap/remove-archive.ts";
import { readStreets } from "#server/places/streets/keep-streets.ts";

interface BasemapWord extends Pick<Command, "run" | "audit"> {
  readonly words: readonly [least: number, most: number];
}

const collection = (act: string): AuditNote => ({ verb: "collection", act, purpose: "records" });

const words: Readonly<Record<string, BasemapWord>> = {
  get: { words: [0, 1], audit: collection("get streets for the map"), run: get },
  add: { words: [1, 1], audit: collection("add streets for the map"), run: add },
  list: { words: [0, 0], audit: { none: "a public map: no event and no person" }, run: list },
  remove: {
    words: [0, 0],
    audit: { verb: "erasure", act: "remove the map's streets", purpose: "records" },
    run: remove,
  },
};

/** Streets under every map: an archive of vector tiles in the data folder. */
export const basemapCommand: Command = {
  name: "basemap",
  usage: "basemap get [URL] [--zoom N] | add FILE | list | remove",
  summary: "Bring streets under the maps, from an address or a file, once; see or remove them",
  options: {
    zoom: { type: "string", summary: "The largest zoom that get asks for; 15 unless said" },
  },
  positionals: [1, 2],
  files: [1],
  audit: { none: "each of its words writes its own line" },
  moreHelp: () => [
    "get asks for the tiles of the command's area and 5 km around, and for nothing else; the address of a PMTiles archive,",
    "or Protomaps' newest build of OpenStreetMap (Open Database Licence). A download that broke off goes on.",
    "add takes PMTiles or MBTiles with the layers of Protomaps or OS Open Zoomstack (vector tiles).",
  ],
  run: (context, args) => {
    const [name = "", ...rest] = args.positionals;
    const word = Object.hasOwn(words, name) ? words[name] : undefined;
    if (!word) throw new UsageError(`"${name}" is none of ${Object.keys(words).join(", ")}.`);
    const [least, most] = word.words;
    if (rest.length < least) throw new UsageError("FILE is missing.");
    if (rest.length > most) throw new UsageError(`Unexpected argument: "${rest.at(-1)}".`);
    if (args.values["zoom"] !== undefined && name !== "get") {
      throw new UsageError("--zoom belongs to get.");
    }
    return runAudited({ ...basemapCommand, audit: word.audit, run: word.run }, context, args);
  },
};

async function get(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const maxZoom = readZoom(args.values["zoom"]);
  const address = args.positionals[1] ?? null;
  return answer(context, () =>
    getArchive(context, operatorActor(context.operator), { address, maxZoom }),
  );
}

async function add(
  context: CommandContext,
  { positionals }: ParsedArguments,
): Promise<CommandResult> {
  const file = positionals[1] ?? "";
  return answer(context, () => addArchive(context, operatorActor(context.operator), file));
}

async function answer(
  context: CommandContext,
  keep: () => Promise<KeptArchive>,
): Promise<CommandResult> {
  const { result, roads } = await worded(context, keep);
  const hidden = context.config.basemap === "none";
  return {
    json: result,
    text: [
      `${describe(result)} kept for the maps, from the next look at one on.`,
      `${formatQuantity(roads.lines, "piece")} of street, ${roads.named === 0 ? "none" : formatCount(roads.named)} with a name.`,
      `Attribution: ${result.attribution}`,
      ...(hidden ? ["BOXSTER_BASEMAP is none: the maps show them once it is auto."] : []),
    ],
  };
}

async function list({ config }: CommandContext): Promise<CommandResult> {
  try {
    const kept = await withArchive(config, async (held) => held.kept);
    if (kept === null) {
      return { json: { archives: [] }, text: ['No streets: "boxster basemap get" brings them.'] };
    }
    const whole = await isWhole(config);
    const { result, source } = kept;
    const { version } = kept.shown;
    const streets = await streetsOf(config.dataFolder);
    return {
      json: { archives: [{ ...result, streets, version, source, whole }] },
      text: [
        `${describe(result)}, from ${source}, version ${version}`,
        `Attribution: ${result.attribution}`,
        whole ? "Every tile is intact." : "Some tiles are damaged: get or add it again.",
      ],
      exit: whole ? 0 : 1,
    };
  } catch (error) {
    if (!(error instanceof ArchiveFault)) throw error;
    throw new CommandError(`${error.message} "boxster basemap remove" removes it.`, {
      cause: error,
    });
  }
}

/** What the roads of the archive became; null where other streets took their place, or none can be read. */
async function streetsOf(dataFolder: string): Promise<KeptArchive["result"]["streets"]> {
  try {
    const kept = await readStreets(dataFolder);
    if (kept?.source.kind !== "archive") return null;
    const { segments, km } = checkGraph(kept.graph);
    return { segments, km };
  } catch (error) {
    if (error instanceof StreetFileFault) return null;
    throw error;
  }
}

async function remove(context: CommandContext): Promise<CommandResult> {
  const removed = await worded(context, () =>
    removeArchive(context, operatorActor(context.operator)),
  );
  return {
    json: { removed },
    text: [removed ? "The streets are gone; the built-in map is shown." : "There were no streets."],
  };
}

function describe({ schema, tiles, bytes, minZoom, maxZoom }: KeptArchive["result"]): string {
  return `${schemaWords[schema].label}: ${formatQuantity(tiles, "tile")}, zoom ${minZoom} to ${maxZoom}, ${sizeWords(bytes)}`;
}

/** What is refused is one line; only of a download that broke off something is kept. */
async function worded<Made>({ signal }: CommandContext, work: () => Promise<Made>): Promise<Made> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) {
      throw new CommandError("Stopped. What came is kept: the same command goes on from there.", {
        cause: error,
      });
    }
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOSPC" || code === "EDQUOT") {
      throw new CommandError("The disk of the data folder is full. Nothing was changed.", {
        cause: error,
      });
    }
    if (error instanceof BrokenDownload) throw new CommandError(error.message, { cause: error });
    if (!(error instanceof ArchiveFault)) throw error;
    throw new CommandError(`${error.message} Nothing was changed.`, { cause: error });
  }
}

function readZoom(word: unknown): number {
  if (word === undefined) return usualZoom;
  if (typeof word === "string" && /^\d{1,2}$/.test(word) && Number(word) <= 22) return Number(word);
  throw new UsageError(`--zoom is a whole number from 0 to 22, not "${String(word)}".`);
}

const usualZoom = 15;
