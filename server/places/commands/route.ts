import type { Position } from "#core/geo/cell.ts";
import { degreesOf } from "#core/places/coordinate.ts";
import { streetModes } from "#core/places/streets/line.ts";
import { isStreetFault } from "#core/places/streets/route.ts";
import { type Command, CommandError, UsageError } from "#server/cli/command.ts";
import { noStreets } from "#server/places/streets/find-streets.ts";
import { StreetFileFault } from "#server/places/streets/graph-file.ts";

/** The way of least time between two places. */
export const routeCommand: Command = {
  name: "route",
  usage: "route --from LAT,LON --to LAT,LON [--mode foot|cycle|vehicle]",
  summary: "The shortest way by time between two places, along the streets",
  options: {
    from: { type: "string", summary: "Where it begins: latitude and longitude, as 51.62,-0.06" },
    to: { type: "string", summary: "Where it ends" },
    mode: { type: "string", summary: "foot (unless said), cycle or vehicle" },
  },
  positionals: [0, 0],
  audit: { none: "reads streets alone, of no person and no record" },
  run: async ({ streets }, { values }) => {
    const from = placeOf("from", values["from"]);
    const to = placeOf("to", values["to"]);
    const mode = streetModes.find((one) => one === (values["mode"] ?? "foot"));
    if (!mode) throw new UsageError("--mode must be foot, cycle or vehicle.");
    const open = await streets.now().catch((error: unknown) => {
      if (!(error instanceof StreetFileFault)) throw error;
      throw new CommandError(`The streets cannot be read: ${error.message}.`, { cause: error });
    });
    if (!open) {
      const fault = noStreets;
      return { json: { fault }, text: [fault], exit: 1 };
    }
    const answer = open.router.route(from, to, mode);
    if (isStreetFault(answer)) {
      return { json: { fault: answer.fault }, text: [answer.fault], exit: 1 };
    }
    const { metres, seconds, line, names, words, offStreet } = answer;
    return {
      json: { metres, seconds, line, names, words, offStreet },
      text: [`${Math.round(metres)} m, ${Math.max(1, Math.round(seconds / 60))} min: ${words}.`],
    };
  },
};

function placeOf(option: string, written: unknown): Position {
  if (typeof written !== "string") throw new UsageError(`--${option} is missing.`);
  const [latText = "", lngText = "", ...more] = written.split(",");
  const [lat, lng] = [degreesOf(latText.trim()), degreesOf(lngText.trim())];
  if (more.length === 0 && Math.abs(lat) <= 90 && Math.abs(lng) <= 180) return [lng, lat];
  throw new UsageError(
    `--${option} is latitude and longitude in degrees, as 51.62,-0.06, not "${written.slice(0, 40)}".`,
  );
}
