import { z } from "zod";
import { readVisits, visitHeadings } from "#core/patrols/done/read-visits.ts";
import type { PlacePack } from "#core/place-pack.ts";
import type { Region } from "#core/places/place.ts";
import { CommandError, command } from "#server/cli/command.ts";
import { orNothing, readText, refuseFaults } from "#server/cli/files.ts";
import { insertVisits } from "#server/patrols/visits.ts";

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

export const logPatrolCommand = command({
  name: "log-patrol",
  takes: "FILE",
  summary: "Import police visits (where and how long) from a CSV file, all or nothing",
  audit: { verb: "collection", act: "log patrols", purpose: "records" },
  reads: z.object({ file: z.string() }),
  run: async (act, { file }) => {
    const { config, db, actor, zone, addDetail } = act;
    // A wide region: a log holds a whole shift, and one visit beyond the area must not refuse it.
    const region = regionAround(config.places.pack);
    const read = await orNothing(act, async () => readVisits(await readText(file), zone, region));
    if (!read.ok) throw new CommandError(`${read.reason} Nothing was saved.`);
    const { visits, faults } = read.value;
    refuseFaults(faults);
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
});
