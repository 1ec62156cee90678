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
import type { Services } from "#server/acts/services.ts";
import { CommandError, type ParsedArguments, UsageError } from "#server/cli/command.ts";
import type { Config } from "#server/config.ts";
import { fileSource, readWhole } from "#server/files/import-source.ts";
import { placesOf, studySet } from "#server/places/places.ts";
import { refuseWithoutGrid } from "#server/places/ward-lookup.ts";
import { sentence } from "#server/problem.ts";

/** What the options of `boxster operation` say of an operation; what is not said stays as it is. */
export interface SaidOperation {
  readonly name?: string;
  readonly startsOn?: string;
  /** Null: it goes on. */
  readonly endsOn?: string | null;
  readonly treated?: OperationBody["treated"];
  readonly control?: OperationBody["control"];
  readonly phases?: readonly OperationPhase[];
}

export async function readOperationOptions(
  services: Pick<Services, "db" | "config">,
  { values }: ParsedArguments,
): Promise<SaidOperation> {
  const name = textOption(values, "name");
  const startsOn = dateOption(values, "start");
  const isOpen = textOption(values, "end") === "none";
  const endsOn = isOpen ? null : dateOption(values, "end");
  const treated = await areaOption(services, values, "");
  const isRest = textOption(values, "control-area") === "none";
  const control = isRest ? null : await areaOption(services, values, "control-");
  const said = { name, startsOn, endsOn, treated, control, phases: phaseOptions(values) };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}

type Values = ParsedArguments["values"];

/** Undefined where nothing is said of it. */
export function textOption(values: Values, name: string): string | undefined {
  const value = values[name];
  return typeof value === "string" ? value : undefined;
}

export function dateOption(values: Values, name: string): string | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  const parsed = londonDate.safeParse(text);
  if (!parsed.success) {
    throw new UsageError(
      `--${name} "${text}": ${parsed.error.issues[0]?.message ?? "not a date"}.`,
    );
  }
  return parsed.data;
}

export function countOption(values: Values, name: string): number | undefined {
  const text = textOption(values, name);
  if (text === undefined) return undefined;
  const parsed = z.coerce.number().int().positive().safeParse(text);
  if (!parsed.success) throw new UsageError(`--${name} "${text}" is not a whole number.`);
  return parsed.data;
}

async function areaOption(
  services: Pick<Services, "db" | "config">,
  values: Values,
  prefix: "" | "control-",
): Promise<OperationBody["treated"] | undefined> {
  const ways = (["area", "street", "file"] as const).flatMap((way) => {
    const text = textOption(values, `${prefix}${way}`);
    return text === undefined ? [] : [{ way, text }];
  });
  const widthM = countOption(values, "width") ?? usualCorridorM;
  const [given, another] = ways;
  if (!given) return undefined;
  if (another) {
    throw new UsageError(`Give one of --${prefix}area, --${prefix}street and --${prefix}file.`);
  }
  try {
    const area = await readArea[given.way](services, given.text, widthM);
    if (!area.ok) throw new CommandError(`${area.reason} Nothing was saved.`);
    return { by: area.value.by, name: area.value.name, cells: [...area.value.cells] };
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new CommandError(`${sentence(error)} Nothing was saved.`, { cause: error });
  }
}

type ReadArea = (
  services: Pick<Services, "db" | "config">,
  text: string,
  /** Of a corridor, on either side. */
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
  file: async ({ config }, path, widthM) =>
    areaOfFile((await readWhole(await fileSource(path))).text, widthM, config),
};

/** `--phase "NAME,FROM"` or `--phase "NAME,FROM,TO"`, as often as there are phases; `--phase none` for none. */
function phaseOptions(values: Values): readonly OperationPhase[] | undefined {
  const given = values["phase"];
  const words = typeof given === "string" ? [given] : Array.isArray(given) ? given : [];
  if (words.length === 0) return undefined;
  if (words.length === 1 && words[0] === "none") return [];
  return words.map((word: string) => {
    const parts = word.split(",").map((part) => part.trim());
    const [name = "", from = "", to] = parts;
    const isDate = (text: string) => londonDate.safeParse(text).success;
    if (parts.length > 3 || !isDate(from) || (to !== undefined && !isDate(to))) {
      throw new UsageError(
        `--phase "${word}" is not NAME,FROM or NAME,FROM,TO with dates such as 2021-08-01.`,
      );
    }
    return { name, startsOn: from, endsOn: to ?? null };
  });
}

/** Areas by the cells whose middle lies inside, lines by the corridor along them. */
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
