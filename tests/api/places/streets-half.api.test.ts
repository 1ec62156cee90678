import { stat } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { silentNotes } from "#server/acts/services.ts";
import { systemActor } from "#server/db/database.ts";
import { streetsCommand } from "#server/places/commands/streets.ts";
import { fillPlaces } from "#server/places/load.ts";
import { getStreets } from "#server/places/streets/change-streets.ts";
import { streetsFolder } from "#server/places/streets/streets.ts";
import { appWith } from "#tests/support/app-with.ts";
import { pmtilesOf, sceneTiles } from "#tests/support/archives.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { keepScene } from "#tests/support/kept-streets.ts";
import { type RangeServer, startRangeServer } from "#tests/support/range-server.ts";

onOneEngine(
  "half a download of streets",
  ({ db }) => {
    const app = appWith(db);
    let server: RangeServer;
    beforeAll(async () => {
      server = await startRangeServer(pmtilesOf(sceneTiles()));
    });
    afterAll(async () => {
      await server.close();
    });
    const streets = (...positionals: string[]) =>
      runCommand(app.services, streetsCommand, { positionals });

    test("is told by list, with or without other streets, until the same command has gone on with it", async () => {
      const say = (line: string) => {
        if (line.includes("to download")) server.behave({ kind: "cut", after: 1_000, times: 9 });
      };
      const { signal } = new AbortController();
      const act = { ...app.services, ...silentNotes, actor: systemActor, signal };
      const wish = { address: server.url, maxZoom: 15, waits: [], say };
      await expect(getStreets(act, wish)).rejects.toThrow(/are kept/);
      server.behave({ kind: "well" });
      const { size } = await stat(join(streetsFolder(app.services.config), "download.part"));
      expect(size).toBeGreaterThan(0);

      const none = await streets("list");
      expect(none.json).toEqual({
        archives: [],
        partial: {
          bytes: size,
          of: expect.any(Number),
          address: expect.not.stringMatching("secret"),
        },
      });
      expect(none.text[1]).toMatch(
        /^Downloaded so far: \d+ kB of \d+ kB \(\d\d?%\) from http:.* continues\.$/,
      );
      await keepScene(app.services);
      const some = await streets("list");
      expect(some.text).toContain(none.text[1]);
      expect(some.json).toMatchObject({ archives: [{ whole: true }], partial: { bytes: size } });

      const { said } = await streets("get", server.url);
      expect(said.join()).toContain("came before, going on from there");
      expect((await streets("list")).json).not.toHaveProperty("partial");
    });
  },
  fillPlaces,
);
