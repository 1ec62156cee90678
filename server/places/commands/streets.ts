import { z } from "zod";
import { schemas } from "#core/places/streets/source/schema.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { plainAttribution } from "#core/text/attribution.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { sizeWords } from "#core/text/size-words.ts";
import {
  action,
  type Command,
  type CommandAct,
  CommandError,
  type CommandResult,
  wholeNumber,
} from "#server/cli/command.ts";
import { progressWords } from "#server/places/streets/archive/download-area.ts";
import { brokenOff } from "#server/places/streets/archive/partial.ts";
import { shownAddress } from "#server/places/streets/archive/range-source.ts";
import { BrokenDownload } from "#server/places/streets/archive/tile-archive.ts";
import { addStreets, getStreets, removeStreets } from "#server/places/streets/change-streets.ts";
import { findStreets, noStreets } from "#server/places/streets/find-streets.ts";
import { isWhole } from "#server/places/streets/kept-tiles.ts";
import type { Draft } from "#server/places/streets/prepare.ts";
import { streetsFolder } from "#server/places/streets/streets.ts";
import { sentence } from "#server/problem.ts";

const hidden = "BOXSTER_BASEMAP is none: maps show them once it is auto.";

export const streetsCommand: Command = {
  name: "streets",
  summary:
    "Bring streets under the maps and for ways, from a file or an address; see, check or remove them",
  options: {
    licence: "Whom maps must name, where the file does not say it",
    layer: "Of a file with several layers of lines",
    zoom: "The largest zoom that get asks for; 15 unless said",
  },
  moreHelp: () => [
    "add takes vector tiles (PMTiles or MBTiles of OpenMapTiles, Protomaps or OS Open Zoomstack) or lines (GeoJSON,",
    "GeoPackage, such as OS Open Roads, Shapefile in a zip, FlatGeobuf, GeoParquet or KML). They replace the streets that were there; a file that cannot be read",
    "leaves those as they are.",
    "get asks for the tiles of the area and 5 km around, and for nothing else: the address of a PMTiles archive,",
    "or Protomaps' newest build of OpenStreetMap (Open Database Licence). A download that broke off goes on.",
    "check says how many of the streets hang together, and that every tile is intact.",
  ],
  words: {
    add: action({
      takes: "FILE [--licence LINE] [--layer NAME]",
      audit: { verb: "collection", act: "bring in streets", purpose: "records" },
      reads: z.object({
        file: z.string(),
        licence: z
          .string()
          .transform(plainAttribution)
          .refine((line) => line !== null, "it is empty")
          .nullable()
          .default(null),
        layer: z.string().nullable().default(null),
      }),
      run: (act, { file: path, ...given }) => bring(act, () => addStreets(act, { path, ...given })),
    }),
    get: action({
      takes: "[URL] [--zoom N]",
      audit: { verb: "collection", act: "get streets", purpose: "records" },
      reads: z.object({
        url: z.string().nullable().default(null),
        zoom: wholeNumber(0, 22).default(15),
      }),
      run: (act, { url: address, zoom: maxZoom }) =>
        bring(act, () => getStreets(act, { maxZoom, address, say: act.say })),
    }),
    list: action({ audit: { none: "no event and no person" }, run: list }),
    check: action({
      audit: { verb: "consultation", act: "check the streets", purpose: "records" },
      run: check,
    }),
    remove: action({
      audit: { verb: "erasure", act: "remove the streets", purpose: "records" },
      run: async (act) => {
        const removed = await worded(act, () => removeStreets(act));
        const text = removed
          ? "The streets are gone; the built-in map is shown."
          : "There were no streets.";
        return { json: { removed }, text: [text] };
      },
    }),
  },
};

/** The older name of the same; with the shape of JSON that went with it. */
export const basemapCommand: Command = {
  ...streetsCommand,
  name: "basemap",
  summary: 'The older name of "streets"',
};

async function bring(act: CommandAct, work: () => Promise<Draft>): Promise<CommandResult> {
  const before = await findStreets(act.config);
  const { result, outside, notes, version, source } = await worded(act, work);
  const { segments, km } = result;
  return {
    json: { ...result, streets: { segments, km }, outside, notes, version, source },
    text: linesOf(
      describe(result),
      outside > 0 && `${formatCount(outside)} lines lie outside and were left out.`,
      notes,
      before.kind === "kept" &&
        `They replace ${formatQuantity(before.result.segments, "segment")} of ${before.source}.`,
      act.config.basemap === "none" ? hidden : "Maps that are open draw them at once.",
    ),
  };
}

async function list(act: CommandAct): Promise<CommandResult> {
  const kept = await keptStreets(act.config);
  const half = await halfDownload(act.config);
  if (kept === null) {
    return { json: { archives: [], ...half.json }, text: [noStreets, ...half.text] };
  }
  const told = describeKept(act, kept);
  return {
    ...told,
    json: { ...told.json, archives: [told.json], ...half.json },
    text: [...told.text, ...half.text],
  };
}

async function check(act: CommandAct): Promise<CommandResult> {
  const kept = await keptStreets(act.config);
  if (kept === null) throw new CommandError(noStreets);
  act.addDetail({ segments: kept.result.segments });
  return describeKept(act, kept);
}

type KeptStreets = NonNullable<Awaited<ReturnType<typeof keptStreets>>>;

function describeKept(
  { config }: CommandAct,
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

async function halfDownload(config: CommandAct["config"]) {
  const half = await brokenOff(streetsFolder(config));
  if (half === null) return { json: {}, text: [] };
  const address = shownAddress(new URL(half.url));
  const came = progressWords(half.done, half.octets);
  return {
    json: { partial: { bytes: half.done, of: half.octets, address } },
    text: [
      `Downloaded so far: ${came} from ${address}. The next start that asks for it, or the same "boxster streets get", continues.`,
    ],
  };
}

async function keptStreets(config: CommandAct["config"]) {
  const found = await findStreets(config);
  if (found.kind === "none") return null;
  if (found.kind === "damaged") {
    throw new CommandError(`${found.reason} "boxster streets remove" removes them.`);
  }
  return { ...found, whole: await isWhole(config) };
}

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

async function worded<Made>({ signal }: CommandAct, work: () => Promise<Made>): Promise<Made> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) {
      throw new CommandError(
        "Stopped. What came is kept. Run the same command again to continue.",
        {
          cause: error,
        },
      );
    }
    const words = refusalOf(error);
    if (words === null) throw error;
    throw new CommandError(words, { cause: error });
  }
}

function refusalOf(error: unknown): string | null {
  const { code } = error as NodeJS.ErrnoException;
  if (code === "ENOSPC" || code === "EDQUOT") {
    return "The disk of the data folder is full. Nothing was changed.";
  }
  if (error instanceof BrokenDownload) {
    const goesOn = " What came is kept. Run the same command again to continue.";
    return `${error.message}${error.message.includes("are kept") ? "" : goesOn}`;
  }
  return error instanceof FileFault ? `${sentence(error)} Nothing was changed.` : null;
}
