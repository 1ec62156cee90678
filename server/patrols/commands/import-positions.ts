import { z } from "zod";
import type { FixFault } from "#core/patrols/positions/fix-reader.ts";
import { positionProfiles } from "#core/patrols/positions/profiles.ts";
import {
  leastCellMinutes,
  leastDeviceMinutes,
  leastDevices,
  recordedDoseDays,
  refreshRange,
} from "#core/patrols/positions/settings.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import type { Act } from "#server/acts/services.ts";
import { command, flag } from "#server/cli/command.ts";
import { createProgressLines, orNothing } from "#server/cli/files.ts";
import { fileSource } from "#server/files/import-source.ts";
import {
  importPositions,
  type PositionImport,
} from "#server/patrols/positions/import-positions.ts";
import type { PositionChoices } from "#server/patrols/positions/read-files.ts";
import { profileNamed } from "#server/records/import/saved-profiles.ts";

const mostFiles = 200;
const { least, most } = refreshRange;
const seconds = `a number of seconds from ${least} to ${most}`;

const given = z.object({
  file: z.array(z.string()).max(mostFiles, `at most ${mostFiles} files at once`),
  profile: z.string().default("auto"),
  refresh: z.coerce.number(seconds).min(least, seconds).max(most, seconds).nullable().default(null),
  "device-per-file": flag,
});

export const importPositionsCommand = command({
  name: "import-positions",
  takes: "FILE... [--profile NAME] [--refresh SECONDS] [--device-per-file]",
  summary: "Turn logs of radios, vehicles or phones into patrol time by cell and day",
  options: {
    profile: "The name of a saved profile; radio, vehicle, phone and gpx are found from the file",
    refresh: `Seconds between two fixes of a device, ${least} to ${most}; found from the file unless given`,
    "device-per-file": "Each GPX file, and each file that names no device, is a device of its own",
  },
  audit: { verb: "collection", act: "import positions", purpose: "records" },
  moreHelp: () => [
    "Give all logs of the same days together. Names of devices are never stored, nor are fixes or their times.",
    `A day is stored where ${leastDevices} devices were each recorded for ${leastDeviceMinutes} minutes in the area, and its cells from ${leastCellMinutes} minutes on.`,
    `Files that name no device, as GPX files, count towards these ${leastDevices} only with --device-per-file: one logger writes many files.`,
    `It is kept for ${recordedDoseDays} days. "boxster positions" lists and removes imports.`,
  ],
  reads: given,
  run: async (act, { file: paths, ...said }) => {
    const choices = await choicesOf(act, said);
    const result = await orNothing(act, async () =>
      importPositions(act, {
        sources: await Promise.all(paths.map(fileSource)),
        choices,
        signal: act.signal,
        onProgress: createProgressLines(act.say, "fixes"),
      }),
    );
    return {
      json: result,
      text: describe(result, paths.length, choices),
      exit: result.accepted === 0 ? 1 : 0,
    };
  },
});

async function choicesOf(
  { db, actor }: Act,
  { profile: name, refresh, ...said }: Omit<z.infer<typeof given>, "file">,
): Promise<PositionChoices> {
  const devicePerFile = said["device-per-file"];
  const isFound = positionProfiles.some((known) => known === name);
  if (isFound) return { map: {}, order: "day-first", refresh, devicePerFile };
  const { reading } = await db.transaction(actor, (tx) => profileNamed(tx, name), { beside: true });
  const order = reading.dates ?? "day-first";
  return { map: reading.map, order, refresh, devicePerFile };
}

const shownErrors = 20;

function describe(
  result: PositionImport,
  files: number,
  { devicePerFile }: PositionChoices,
): string[] {
  const { fixes, accepted, rejected, devices, minutes, low, high, cells } = result;
  const isLess = result.import === null || result.withheldDays > 0;
  return linesOf(
    `${formatQuantity(fixes, "fix", "fixes")}: ${formatCount(accepted)} accepted, ${formatCount(rejected)} rejected, from ${formatQuantity(devices, "device")} (one every ${result.refresh} s).`,
    `${whole(minutes)} minutes in ${formatQuantity(cells, "cell")} (95% band ${whole(low)} to ${whole(high)}), ${formatQuantity(result.visits, "visit")}.`,
    result.gaps > 0 &&
      `${formatQuantity(result.gaps, "gap")} without a fix, ${whole(result.gapMinutes)} minutes in all: not counted.${isLess ? " If devices send more seldom than that, give --refresh." : ""}`,
    result.outside > 0 &&
      `${formatQuantity(result.outside, "fix", "fixes")} outside the area: not counted.`,
    result.unnamedFiles > 0 && unnamedWords(result.unnamedFiles, devicePerFile),
    result.sharedDays > 0 &&
      `${formatQuantity(result.sharedDays, "day")} had patrol time of other imports: the minutes add up.`,
    result.withheldDays > 0 &&
      `${formatQuantity(result.withheldDays, "day")} not stored: fewer than ${leastDevices} devices with ${leastDeviceMinutes} minutes counted in the area. Import all logs of a day together.`,
    result.oldDays > 0 &&
      `${formatQuantity(result.oldDays, "day")} not stored: older than ${recordedDoseDays} days.`,
    result.errors.slice(0, shownErrors).map((fault) => faultLine(fault, files)),
    rejected > shownErrors && `... and ${formatCount(rejected - shownErrors)} more rejected fixes`,
    result.import === null
      ? "Nothing was stored."
      : `Stored as import ${result.import}: ${formatQuantity(result.stored.days, "day")}, ${formatQuantity(result.stored.cells, "cell and day", "cells and days")} (${result.seconds} s). To remove it: boxster positions remove ${result.import}`,
  );
}

function unnamedWords(files: number, devicePerFile: boolean): string {
  const which = `${formatQuantity(files, "file")} without a device`;
  return devicePerFile
    ? `${which}: each counts as one device.`
    : `${which}: not counted towards the ${leastDevices} devices that a day needs. If each is from a device of its own, give --device-per-file; in a table, call the column "device".`;
}

function whole(minutes: number): string {
  return formatCount(Math.round(minutes));
}

function faultLine({ file, line, column, value, reason }: FixFault, files: number): string {
  const where = files === 1 ? `Line ${line}` : `File ${file}, line ${line}`;
  return `${where}, ${column}${value === "" ? "" : ` "${value}"`}: ${reason}`;
}
