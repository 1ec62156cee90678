import { z } from "zod";
import type { Position } from "#core/geo/cell.ts";
import { degreesOf } from "#core/places/coordinate.ts";
import { streetModes } from "#core/places/streets/line.ts";
import { isStreetFault } from "#core/places/streets/route.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { CommandError, command } from "#server/cli/command.ts";
import { noStreets } from "#server/places/streets/find-streets.ts";

/** Latitude and longitude in degrees, as 51.62,-0.06. */
const place = z.string().transform((written, { addIssue }): Position => {
  const [latText = "", lngText = "", ...more] = written.split(",");
  const [lat, lng] = [degreesOf(latText.trim()), degreesOf(lngText.trim())];
  const isThere = more.length === 0 && Math.abs(lat) <= 90 && Math.abs(lng) <= 180;
  if (!isThere) addIssue("give latitude and longitude in degrees, as 51.62,-0.06");
  return [lng, lat];
});

export const routeCommand = command({
  name: "route",
  takes: "--from LAT,LON --to LAT,LON [--mode foot|cycle|vehicle]",
  summary: "The shortest way by time between two places, along the streets",
  options: {
    from: "Where it begins: latitude and longitude, as 51.62,-0.06",
    to: "Where it ends",
    mode: "foot (unless said), cycle or vehicle",
  },
  audit: { none: "reads streets alone, of no person and no record" },
  reads: z.object({ from: place, to: place, mode: z.enum(streetModes).default("foot") }),
  run: async ({ streets }, { from, to, mode }) => {
    const open = await streets.now().catch((error: unknown) => {
      if (!(error instanceof FileFault)) throw error;
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
});
