import { readFile } from "node:fs/promises";
import { readVisits, type VisitFault, visitHeadings } from "#core/patrols/read-visits.ts";
import type { PlacePack } from "#core/place-pack.ts";
import type { Region } from "#core/places/place.ts";
import { FileFault } from "#core/table/file-fault.ts";
import type { Zone } from "#core/time/zone.ts";
import { type Command, CommandError, operatorAct } from "#server/cli/command.ts";
import { insertVisits } from "#server/patrols/visits.ts";
import { sentence } from "#server/problem.ts";

const listedFaults = 20;

/** Degrees of latitude, some 330 km. */
const loggedAround = 3;

function regionAround({ name, centre: [lng, lat] }: PlacePack): Region {
  const across = loggedAround / Math.cos((lat * Math.PI) / 180);
  return {
    name: `${name} and 330 km around`,
    grid: null,
    west: lng - across,
    east: lng + across,
    south: lat - loggedAround,
    north: lat + loggedAround,
  };
}

export const logPatrolCommand: Command = {
  name: "log-patrol",
  usage: "log-patrol FILE",
  summary: "Import police visits (where and how long) from a CSV file, all or nothing",
  options: {},
  positionals: [1, 1],
  audit: { verb: "collection", act: "log patrols", purpose: "records" },
  files: [0],
  run: async (context, { positionals }) => {
    const { config, db, actor, zone, addDetail } = operatorAct(context);
    const path = positionals[0] ?? "";
    const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
      throw new CommandError(`${path} cannot be read (${cause.code ?? "no reason given"}).`, {
        cause,
      });
    });
    // Wide: a log holds all that a shift did, and one visit beyond the area must not refuse it.
    const read = readTable(text.replace(/^\uFEFF/, ""), zone, regionAround(config.places.pack));
    if (!read.ok) throw new CommandError(`${read.reason} Nothing was logged.`);
    const { visits, faults } = read.value;
    if (faults.length > 0) throw new CommandError(faultText(faults));
    if (visits.length === 0) {
      throw new CommandError(`There are no visits under the headings ${visitHeadings}.`);
    }
    const logged = await db.transaction(actor, async (tx) => {
      const count = await insertVisits(tx, visits, actor.person);
      addDetail({ rows: visits.length, logged: count });
      return count;
    });
    const known = visits.length - logged;
    return {
      json: { rows: visits.length, logged, known },
      text: [
        `${logged} visits logged${known > 0 ? `, ${known} were there already` : ""}. See Hotspots, measure Patrol time.`,
      ],
    };
  },
};

function readTable(text: string, zone: Zone, region: Region): ReturnType<typeof readVisits> {
  try {
    return readVisits(text, zone, region);
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    throw new CommandError(`${sentence(error)} Nothing was logged.`, { cause: error });
  }
}

function faultText(faults: readonly VisitFault[]): string {
  const listed = faults.slice(0, listedFaults).map(({ row, reason }) => `row ${row}: ${reason}`);
  const more = faults.length - listed.length;
  return `Nothing was logged: ${listed.join("; ")}${more > 0 ? `; and ${more} more` : ""}.`;
}
