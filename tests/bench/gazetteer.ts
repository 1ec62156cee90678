import { cellAt } from "#core/geo/cell.ts";
import { createPlaceFinder } from "#core/places/gazetteer/find-place.ts";
import type { GazetteerName } from "#core/places/wire/gazetteer.ts";
import { ownerActor } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { migrate } from "#server/db/migrate.ts";
import { snapshotFile } from "#server/db/open.ts";
import { loadPlaceFinder, storeGazetteer } from "#server/places/gazetteer.ts";
import { fillPlaces } from "#server/places/load.ts";
import {
  type BenchContext,
  type BenchLine,
  milliseconds,
  notAsked,
  timeOnce,
} from "#tests/bench/timing.ts";
import { testServices } from "#tests/support/app.ts";
import { sentTable } from "#tests/support/gazetteer.ts";

const names = 60_000;
const rows = 100_000;

/** Rows with only words placed by a gazetteer, beside the same file read and written without it. */
export async function benchGazetteer({ say }: BenchContext): Promise<BenchLine[]> {
  say(`Gazetteer: ${rows} rows against ${names} names...`);
  const given = Array.from({ length: names }, (_, at) => nameOf(at));
  const known = given.map((name) => ({ ...name, cell: cellAt(name.at, 10), borough: "Enfield" }));
  const file = eventsFile();
  const bare = await timeOnce(async () => {
    return sentTable(file, {}, createPlaceFinder([]));
  });
  let placed = 0;
  const whole = await timeOnce(async () => {
    const finder = createPlaceFinder(known);
    const map = { street: "Street", borough: "Borough", postcode: "Postcode" };
    const text = sentTable(file, map, finder);
    placed = text.match(/ (?:street|postcode)\b/g)?.length ?? 0;
  });
  if (placed < rows / 2) throw new Error(`only ${placed} of ${rows} rows were placed`);
  return [
    {
      work: `${rows.toLocaleString("en-GB")} rows placed by ${names.toLocaleString("en-GB")} names, index included`,
      measured: `${milliseconds(whole)}, ${placed.toLocaleString("en-GB")} placed`,
      beside: `${milliseconds(bare)} to read and write the same rows as they are`,
      ratio: (whole / bare).toFixed(1),
      figure: notAsked(whole, "ms"),
    },
    await benchStore(given, say),
  ];
}

async function benchStore(
  given: readonly GazetteerName[],
  say: (line: string) => void,
): Promise<BenchLine> {
  const db = await openEmbedded({ folder: null, snapshot: await snapshotFile(say) });
  try {
    await migrate(db);
    await fillPlaces(db);
    const services = await testServices(db);
    const counts = { rows: names, outside: 0, names: given };
    const store = await timeOnce(() =>
      storeGazetteer(
        { ...services, actor: ownerActor },
        {
          ...counts,
          fileName: "n.csv",
          format: "os-open-names",
        },
      ),
    );
    const load = await timeOnce(() => db.transaction(ownerActor, loadPlaceFinder));
    await services.solver.close();
    return {
      work: `${names.toLocaleString("en-GB")} names stored, embedded`,
      measured: milliseconds(store),
      beside: `${milliseconds(load)} to read them back and index them`,
      ratio: (store / load).toFixed(1),
      figure: notAsked(store, "ms"),
    };
  } finally {
    await db.close();
  }
}

/** A third are streets. */
function nameOf(at: number): GazetteerName {
  const position = [-0.2 + (at % 250) * 0.001, 51.56 + Math.floor(at / 250) * 0.0006] as const;
  const isStreet = at % 3 === 0;
  return {
    kind: isStreet ? "street" : "postcode",
    name: isStreet ? `Name${at} Road` : postcode(at),
    at: position,
    reach: isStreet ? 80 : null,
    borough: "Enfield",
    locality: null,
    district: null,
  };
}

function postcode(at: number): string {
  const letter = (value: number) => String.fromCharCode(65 + (value % 26));
  return `N${1 + (at % 20)} ${at % 10}${letter(Math.floor(at / 20))}${letter(Math.floor(at / 520))}`;
}

function eventsFile(): string {
  const lines = ["Date,Street,Borough,Postcode,Kind,Category"];
  for (let row = 0; row < rows; row += 1) {
    const at = (row * 7) % names;
    const street = at % 3 === 0 ? `${row % 200} Name${at} Rd` : "";
    lines.push(`2021-11-05,${street},Enfield,${street === "" ? postcode(at) : ""},complaint,asb`);
  }
  return `${lines.join("\n")}\n`;
}
