import type { AuditNote } from "#core/audit.ts";
import { streetClasses } from "#core/places/streets/line.ts";
import { schemas } from "#core/places/streets/source/schema.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { plainAttribution } from "#core/text/attribution.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { sizeWords } from "#core/text/size-words.ts";
import { runAudited } from "#server/accounts/audit/audited.ts";
import {
  type Command,
  type CommandContext,
  CommandError,
  type CommandResult,
  operatorAct,
  type ParsedArguments,
  UsageError,
} from "#server/cli/command.ts";
import { progressWords } from "#server/places/streets/archive/download-area.ts";
import { brokenOff } from "#server/places/streets/archive/partial.ts";
import { shownAddress } from "#server/places/streets/archive/range-source.ts";
import { ArchiveFault, BrokenDownload } from "#server/places/streets/archive/tile-archive.ts";
import { addStreets, getStreets, removeStreets } from "#server/places/streets/change-streets.ts";
import { findStreets, noStreets } from "#server/places/streets/find-streets.ts";
import { isWhole } from "#server/places/streets/kept-tiles.ts";
import type { Draft } from "#server/places/streets/prepare.ts";
import { streetsFolder } from "#server/places/streets/streets.ts";
import { sentence } from "#server/problem.ts";

interface Word extends Pick<Command, "run" | "audit"> {
  /** How many words may follow. */
  readonly words: readonly [least: number, most: number];
  readonly options: readonly string[];
}

const hidden = "BOXSTER_BASEMAP is none: maps show them once it is auto.";

const collection = (act: string): AuditNote => ({ verb: "collection", act, purpose: "records" });

/** What can be done, each with its own line in the audit chain. */
const words: Readonly<Record<string, Word>> = {
  add: {
    ...{ words: [1, 1], options: ["licence", "layer"] },
    ...{ audit: collection("bring in streets"), run: add },
  },
  get: { words: [0, 1], options: ["zoom"], audit: collection("get streets"), run: get },
  list: { words: [0, 0], options: [], audit: { none: "no event and no person" }, run: list },
  check: {
    ...{ words: [0, 0], options: [], run: check },
    audit: { verb: "consultation", act: "check the streets", purpose: "records" },
  },
  remove: {
    ...{ words: [0, 0], options: [], run: remove },
    audit: { verb: "erasure", act: "remove the streets", purpose: "records" },
  },
};

/** Streets for maps, ways and *By street*: one file or address at a time. */
export const streetsCommand: Command = {
  name: "streets",
  usage:
    "streets add FILE [--licence LINE] [--layer NAME] | get [URL] [--zoom N] | list | check | remove",
  summary:
    "Bring streets under the maps and for ways, from a file or an address; see, check or remove them",
  options: {
    licence: { type: "string", summary: "Whom maps must name, where the file does not say it" },
    layer: { type: "string", summary: "Of a GeoPackage with several layers of lines" },
    zoom: { type: "string", summary: "The largest zoom that get asks for; 15 unless said" },
  },
  positionals: [1, 2],
  files: [1],
  audit: { none: "each of its words writes its own line" },
  moreHelp: () => [
    "add takes vector tiles (PMTiles or MBTiles of OpenMapTiles, Protomaps or OS Open Zoomstack) or lines (GeoJSON or",
    "GeoPackage, such as OS Open Roads). They replace the streets that were there; a file that cannot be read",
    "leaves those as they are.",
    "get asks for the tiles of the command's area and 5 km around, and for nothing else: the address of a PMTiles archive,",
    "or Protomaps' newest build of OpenStreetMap (Open Database Licence). A download that broke off goes on.",
    "check says how many of the streets hang together, and that every tile is intact.",
  ],
  run: (context, args) => {
    const [name = "", ...rest] = args.positionals;
    const word = Object.hasOwn(words, name) ? words[name] : undefined;
    if (!word) throw new UsageError(`"${name}" is none of ${Object.keys(words).join(", ")}.`);
    const [least, most] = word.words;
    if (rest.length < least) throw new UsageError("FILE is missing.");
    if (rest.length > most) throw new UsageError(`Unexpected argument: "${rest.at(-1)}".`);
    for (const [owner, { options }] of Object.entries(words)) {
      const stray = options.find((one) => args.values[one] !== undefined && owner !== name);
      if (stray !== undefined) throw new UsageError(`--${stray} belongs to ${owner}.`);
    }
    return runAudited({ ...streetsCommand, audit: word.audit, run: word.run }, context, args);
  },
};

/** The older name of the same; with the shape of JSON that went with it. */
export const basemapCommand: Command = {
  ...streetsCommand,
  name: "basemap",
  usage: "basemap add FILE | get [URL] [--zoom N] | list | check | remove",
  summary: 'The older name of "streets"',
};

async function add(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const { licence, layer } = args.values;
  const given = {
    path: args.positionals[1] ?? "",
    licence: licence === undefined ? null : plainAttribution(licence),
    layer: typeof layer === "string" ? layer : null,
  };
  if (given.licence === null && licence !== undefined) {
    throw new UsageError("--licence is empty.");
  }
  return bring(context, (act) => addStreets(act, given));
}

async function get(context: CommandContext, args: ParsedArguments): Promise<CommandResult> {
  const maxZoom = readZoom(args.values["zoom"]);
  const address = args.positionals[1] ?? null;
  return bring(context, (act) => getStreets(act, { maxZoom, address, say: act.say }));
}

type StreetsAct = ReturnType<typeof operatorAct>;

async function bring(context: CommandContext, work: (act: StreetsAct) => Promise<Draft>) {
  const before = await findStreets(context.config);
  const { result, outside, notes, version, source } = await worded(context, work);
  const { segments, km } = result;
  return {
    json: { ...result, streets: { segments, km }, outside, notes, version, source },
    text: linesOf(
      describe(result),
      outside > 0 && `${formatCount(outside)} lines lie outside and were left out.`,
      notes,
      before.kind === "kept" &&
        `They replace ${formatQuantity(before.result.segments, "segment")} of ${before.source}.`,
      context.config.basemap === "none" ? hidden : "Maps that are open draw them at once.",
    ),
  };
}

async function list(context: CommandContext): Promise<CommandResult> {
  const kept = await keptStreets(context.config);
  const half = await halfDownload(context.config);
  if (kept === null) {
    return { json: { archives: [], ...half.json }, text: [noStreets, ...half.text] };
  }
  const told = describeKept(context, kept);
  return {
    ...told,
    json: { ...told.json, archives: [told.json], ...half.json },
    text: [...told.text, ...half.text],
  };
}

async function check(context: CommandContext): Promise<CommandResult> {
  const kept = await keptStreets(context.config);
  if (kept === null) throw new CommandError(noStreets);
  context.addDetail({ segments: kept.result.segments });
  const { byClass } = kept.result;
  const classes = streetClasses.filter((kind) => byClass[kind] > 0);
  const km = classes.map((kind) => `${kind} ${byClass[kind].toFixed(1)}`).join(", ");
  const told = describeKept(context, kept);
  return { ...told, text: [...told.text, `Km of each kind: ${km}.`] };
}

type KeptStreets = NonNullable<Awaited<ReturnType<typeof keptStreets>>>;

function describeKept(
  { config }: CommandContext,
  { result, version, source, hash, whole }: KeptStreets,
) {
  const { segments, km } = result;
  const exit: 0 | 1 = whole ? 0 : 1;
  return {
    exit,
    json: { ...result, streets: { segments, km }, version, source, hash, whole },
    text: linesOf(
      describe(result),
      `From ${source}.`,
      whole ? "Every tile is intact." : "Some tiles are damaged: bring the streets in again.",
      config.basemap === "none" && hidden,
    ),
  };
}

/** What came of a download that is under way, or broke off. */
async function halfDownload(config: CommandContext["config"]) {
  const half = await brokenOff(streetsFolder(config));
  if (half === null) return { json: {}, text: [] };
  const address = shownAddress(new URL(half.url));
  const came = progressWords(half.done, half.octets);
  return {
    json: { partial: { bytes: half.done, of: half.octets, address } },
    text: [
      `Downloaded so far: ${came} from ${address}. The next start that asks for it, or the same "boxster streets get", goes on from there.`,
    ],
  };
}

/** With a look at every tile; null where there are none. */
async function keptStreets(config: CommandContext["config"]) {
  const found = await findStreets(config);
  if (found.kind === "none") return null;
  if (found.kind === "damaged") {
    throw new CommandError(`${found.reason} "boxster streets remove" removes them.`);
  }
  return { ...found, whole: found.version === null || (await isWhole(config)) };
}

async function remove(context: CommandContext): Promise<CommandResult> {
  const removed = await worded(context, removeStreets);
  return {
    json: { removed },
    text: [removed ? "The streets are gone; the built-in map is shown." : "There were no streets."],
  };
}

/** What was found, and what follows for maps. */
function describe(result: Draft["result"]): string[] {
  const { segments, km, named, parts, largestShare, attribution } = result;
  const share = (100 * largestShare).toFixed(1);
  return [
    `${formatQuantity(segments, "segment")}, ${formatCount(km)} km, ${named === 0 ? "none" : formatCount(named)} with a name.`,
    parts === 1
      ? "All of them hang together."
      : `${formatCount(parts)} parts that do not meet; the largest has ${share}% of the length.`,
    tilesWords(result),
    attribution
      ? `Attribution: ${attribution}`
      : "The file asks nobody to be named: where its licence does, say so with --licence.",
  ];
}

function tilesWords({ schema, tiles, bytes, minZoom, maxZoom }: Draft["result"]): string {
  if (schema === null) return "Lines alone: maps show them without buildings, water and parks.";
  return `Map: ${schemas[schema].label}, ${formatQuantity(tiles ?? 0, "tile")}, zoom ${minZoom} to ${maxZoom}, ${sizeWords(bytes ?? 0)}.`;
}

/** What is refused is one line; only of a download that broke off something is kept. */
async function worded<Made>(context: CommandContext, work: (act: StreetsAct) => Promise<Made>) {
  try {
    return await work(operatorAct(context));
  } catch (error) {
    if (context.signal.aborted) {
      throw new CommandError("Stopped. What came is kept: the same command goes on from there.", {
        cause: error,
      });
    }
    const words = refusalOf(error);
    if (words === null) throw error;
    throw new CommandError(words, { cause: error });
  }
}

/** Null for what is no refusal. */
function refusalOf(error: unknown): string | null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return "The disk of the data folder is full. Nothing was changed.";
  }
  if (error instanceof BrokenDownload) {
    const goesOn = " What came is kept: the same command goes on from there.";
    return `${error.message}${error.message.includes("are kept") ? "" : goesOn}`;
  }
  if (error instanceof FileFault) return `${sentence(error)} Nothing was changed.`;
  return error instanceof ArchiveFault ? `${error.message} Nothing was changed.` : null;
}

function readZoom(word: unknown = "15"): number {
  if (typeof word === "string" && /^\d{1,2}$/.test(word) && Number(word) <= 22) return Number(word);
  throw new UsageError(`--zoom is a whole number from 0 to 22, not "${String(word)}".`);
}
