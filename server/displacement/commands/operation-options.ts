import { z } from "zod";
import type { OperationPhase } from "#core/displacement/operation.ts";
import {
  cellsAlong,
  cellsInPolygons,
  type OperationArea,
  streetArea,
  usualCorridorM,
} from "#core/displacement/operation-area.ts";
import type { OperationBody } from "#core/displacement/wire/operations.ts";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import { isDrawn } from "#core/places/drawn-area.ts";
import {
  type FileFeature,
  listOf,
  type Reference,
  readFeatureFile,
  readPolygons,
  readPosition,
} from "#core/places/layers/feature-file.ts";
import { failure, type Result, success } from "#core/result.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { londonDate } from "#core/text/london-date.ts";
import { type CommandAct, CommandError, UsageError, wholeNumber } from "#server/cli/command.ts";
import { orNothing, readText } from "#server/cli/files.ts";
import type { Config } from "#server/config.ts";
import { placesOf, studySet } from "#server/places/places.ts";
import { refuseWithoutGrid } from "#server/places/ward-lookup.ts";

const revision = wholeNumber(1, 999_999).optional();
const given = z.object({
  start: londonDate.optional(),
  /** Null: ongoing. */
  end: z.preprocess((word) => (word === "none" ? null : word), londonDate.nullable()).optional(),
  area: z.string().optional(),
  street: z.string().optional(),
  file: z.string().optional(),
  width: wholeNumber(1, 10_000).default(usualCorridorM),
  "control-area": z.string().optional(),
  "control-street": z.string().optional(),
  "control-file": z.string().optional(),
  phase: z
    .array(z.string())
    .transform((words, context) => (words.join() === "none" ? [] : words.map(readPhase(context))))
    .optional(),
});
export const addOptions = given.extend({ name: z.string() });
export const changeOptions = given.extend({
  operation: z.string(),
  name: z.string().optional(),
  revision,
});
export const endOptions = z.object({ name: z.string(), on: londonDate, revision });

/** NAME,FROM or NAME,FROM,TO. */
const readPhase =
  ({ addIssue }: z.RefinementCtx) =>
  (word: string): OperationPhase => {
    const parts = word.split(",").map((part) => part.trim());
    const [name = "", from = "", to] = parts;
    const isDate = (text: string) => londonDate.safeParse(text).success;
    if (parts.length > 3 || !isDate(from) || (to !== undefined && !isDate(to))) {
      addIssue("give NAME,FROM or NAME,FROM,TO with dates such as 2021-08-01");
    }
    return { name, startsOn: from, endsOn: to ?? null };
  };

type Ground = Pick<CommandAct, "db" | "config" | "signal">;
type Given = z.infer<typeof given> & { readonly name?: string | undefined };

/** What is said of an operation; what is not said stays as it is. */
export async function readOperation(
  services: Ground,
  said: Given,
): Promise<Partial<OperationBody>> {
  const treated = await areaOf(services, said, "");
  const control = said["control-area"] === "none" ? null : await areaOf(services, said, "control-");
  const body = {
    ...{ name: said.name, startsOn: said.start, endsOn: said.end, treated, control },
    phases: said.phase,
  };
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
}

/** Undefined where absent. */
async function areaOf(
  services: Ground,
  said: Given,
  prefix: "" | "control-",
): Promise<OperationBody["treated"] | undefined> {
  const ways = (["area", "street", "file"] as const).flatMap((way) => {
    const text = said[`${prefix}${way}`];
    return text === undefined ? [] : [{ way, text }];
  });
  const [chosen, another] = ways;
  if (!chosen) return undefined;
  if (another) {
    throw new UsageError(`Give one of --${prefix}area, --${prefix}street and --${prefix}file.`);
  }
  const read = () => readArea[chosen.way](services, chosen.text, said.width);
  const area = await orNothing(services, read);
  if (!area.ok) throw new CommandError(`${area.reason} Nothing was saved.`);
  return { by: area.value.by, name: area.value.name, cells: [...area.value.cells] };
}

type ReadArea = (
  services: Ground,
  text: string,
  /** Metres on either side of a corridor. */
  widthM: number,
) => Promise<Result<OperationArea>>;

const readArea: Readonly<Record<"area" | "street" | "file", ReadArea>> = {
  area: async (services, area) => {
    const { name, cells } = await studySet(services, area);
    return success(
      isDrawn(area) ? { by: "drawn", name: null, cells } : { by: "named", name, cells },
    );
  },
  street: async (services, street, widthM) => {
    const { reply } = await placesOf(services);
    return streetArea(reply.gazetteer, street, widthM);
  },
  file: async ({ config }, path, widthM) => areaOfFile(await readText(path), widthM, config),
};

/** Polygons by cells whose centre is inside, lines by a corridor. */
function areaOfFile(
  text: string,
  widthM: number,
  config: Pick<Config, "places">,
): Result<OperationArea> {
  const { features, reference } = readFeatureFile(text);
  refuseWithoutGrid(config, { isOnGrid: reference === "grid" });
  const cells = new Set<H3Cell>();
  for (const feature of features) {
    const found = cellsOf(feature, reference, widthM);
    if (!found.ok) return failure(`Feature ${feature.number}: ${found.reason}`);
    for (const cell of found.value) cells.add(cell);
  }
  return success({ by: "cells", name: null, cells: [...cells] });
}

function cellsOf(
  feature: FileFeature,
  reference: Reference,
  widthM: number,
): Result<readonly H3Cell[]> {
  const where = `feature ${feature.number}`;
  const { type, coordinates } = feature.geometry ?? {};
  if (type === "LineString") return cellsAlong([readLine(coordinates, reference, where)], widthM);
  if (type === "MultiLineString") {
    const lines = listOf(coordinates, where).map((line) => readLine(line, reference, where));
    return cellsAlong(lines, widthM);
  }
  if (type === "Polygon" || type === "MultiPolygon") {
    return cellsInPolygons(readPolygons(feature, reference, where));
  }
  throw new FileFault(
    `${where} is a ${type ?? "feature without a shape"}; an operation needs areas or lines`,
  );
}

function readLine(value: unknown, reference: Reference, where: string): readonly Position[] {
  return listOf(value, where).map((position) => readPosition(position, reference, where));
}
