import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Services } from "#server/acts/services.ts";
import { importPositionsCommand } from "#server/patrols/commands/import-positions.ts";
import type { PositionImport } from "#server/patrols/positions/import-positions.ts";
import { runCommand } from "#tests/support/command.ts";
import { type LoggedFix, standing } from "#tests/support/positions.ts";

/** Brings logs in as the command does, from files of a folder. */
export async function importLogs(
  services: Services,
  folder: string,
  files: readonly string[],
  values: Readonly<Record<string, string | boolean>> = {},
): Promise<{
  readonly json: PositionImport;
  readonly text: readonly string[];
  readonly exit?: 0 | 1;
}> {
  const positionals = await Promise.all(
    files.map(async (text, index) => {
      const path = join(folder, `unit-SECRETFILE-${index}.log`);
      await writeFile(path, text);
      return path;
    }),
  );
  const done = await runCommand(services, importPositionsCommand, { positionals, values });
  return { ...done, json: done.json as PositionImport };
}

const here = { lat: 51.6179, lng: -0.0631 };

/** Of a date: an hour of each device in one place, one fix every 30 s. */
export function hourOf(
  date: string,
): (devices: readonly string[], over?: Partial<Parameters<typeof standing>[1]>) => LoggedFix[] {
  return (devices, over = {}) =>
    devices.flatMap((device) =>
      standing(device, { from: `${date}T14:00:00Z`, every: 30, count: 121, ...here, ...over }),
    );
}
