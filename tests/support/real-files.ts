import { expect } from "vitest";
import type { ImportBench } from "#tests/support/import-server.ts";
import { sharedFile } from "#tests/support/shared-data.ts";

export interface RealFile {
  readonly name: string;
  readonly rows: number;
  readonly profile: string;
  readonly kind: "complaint" | null;
}

export const stopsFile = {
  name: "police_uk/2021-stop-and-search.csv",
  rows: 16_412,
  profile: "police-uk-stop-search",
  kind: null,
} satisfies RealFile;
export const streetFile = {
  name: "police_uk/2021-street-burglary.csv",
  rows: 11_443,
  profile: "police-uk-street",
  kind: null,
} satisfies RealFile;
/** The shortest: it means the others in `npm test`. */
export const collisionsFile = {
  name: "stats19/collisions-2022.csv",
  rows: 4_666,
  profile: "dft-collisions",
  kind: "complaint",
} satisfies RealFile;

/** Each row goes in or is told of, and all are known again when the file comes a second time. */
export async function expectEveryRow(
  bench: ImportBench,
  { name, rows, profile, kind }: RealFile,
  engine: string,
): Promise<void> {
  const result = await bench.importFile(sharedFile(name), { choices: { kind } });
  expect(result).toMatchObject({ rows, profile });
  expect(result.accepted + result.rejected + result.duplicates).toBe(rows);
  expect(result.rejected).toBe(0);
  expect((await bench.stored()).events).toBe(result.accepted);
  const again = await bench.importFile(sharedFile(name), { choices: { kind } });
  expect(again).toMatchObject({ rows, accepted: 0, duplicates: rows - result.rejected });
  // A bound with room for a busy machine; the numbers themselves go to the output.
  expect(result.seconds).toBeLessThan(engine === "embedded" ? 10 : 5);
  process.stdout.write(
    `${engine} ${name}: ${rows} rows, ${result.accepted} accepted, ${result.rejected} rejected, ${result.duplicates} duplicates, ${result.seconds} s\n`,
  );
}
