import { beforeEach, expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { coordinatorReply } from "#core/protected-time/wire/coordinator.ts";
import { ownerActor } from "#server/db/database.ts";
import { leakMeterCommand } from "#server/protected-time/commands/leak-meter.ts";
import { measurePictures } from "#server/protected-time/leak-meter.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

onOneEngine(
  "the leak meter",
  ({ db }) => {
    const app = appWith(db);
    const sergeant = app.caller("sergeant");
    const asOwner = (text: string, values: string[] = []) =>
      db().transaction(ownerActor, (tx) => tx.query(text, values));
    beforeEach(() => asOwner("delete from shown_picture"));
    const meter = async () =>
      coordinatorReply.parse((await app.caller("coordinator").get("/api/coordinator")).json())
        .leakMeter;

    test("nothing was shown: it says so", async () => {
      expect(await meter()).toMatchObject({ pictures: 0, toldHa: null, leaks: [] });
      const { json, text, exit } = await runCommand(app.services, leakMeterCommand, {});
      expect(json).toMatchObject({ pictures: 0, toldHa: null });
      expect(text).toEqual([
        "No picture of protected time that was shown since Sunday 29 August 2021 has been measured.",
      ]);
      expect(exit).toBe(0);
    });

    test("what police were shown is measured, tells a lattice cell at the least, and its cells are forgotten", async () => {
      await sergeant.get("/api/keep-clear");
      await sergeant.get("/api/keep-clear");
      expect(await meter()).toMatchObject({ pictures: 0 });
      await measurePictures(app.services);
      const { pictures, toldHa, allowedHa, leaks, sentence } = await meter();
      expect(pictures).toBeGreaterThan(2);
      expect([toldHa, allowedHa, leaks]).toEqual([9.4, 9.4, []]);
      expect(sentence).toMatch(
        /^Shown since Sunday 29 August 2021: \d+ pictures of protected time\. No venue could be placed more closely than 9\.4 ha, about 350 m across\. Partners were promised 9\.4 ha, about 350 m across\.$/,
      );
      const kept = "select distinct cells, role, last_shown::text from shown_picture";
      expect(await asOwner(kept)).toEqual([
        { cells: null, role: "sergeant", last_shown: "2021-11-26" },
      ]);
    });

    test("SAFEGUARDS 5: a planted leak is told to the coordinator and fails the command", async () => {
      await sergeant.get("/api/keep-clear");
      const hatch = footprintOf({ lattice: [cellAt([-0.0614, 51.6245], 9)], classM: 150 }).slice(3);
      await asOwner(
        `insert into shown_picture (role, digest, first_shown, last_shown, cells)
         values ('warden', 'planted', '2021-11-20', '2021-11-24', $1)`,
        [hatch.join(" ")],
      );
      const { json, text, exit } = await runCommand(app.services, leakMeterCommand, {});
      const leak = {
        role: "warden",
        pictures: 1,
        firstShown: "2021-11-20",
        lastShown: "2021-11-24",
      };
      expect(json).toMatchObject({ toldHa: 0, allowedHa: 9.4, leaks: [{ ...leak, toldHa: 0 }] });
      expect(text[1]).toBe("warden: 0 ha from 1 of them, shown from 2021-11-20 to 2021-11-24.");
      expect(exit).toBe(1);
      const { sentence, leaks } = await meter();
      expect(sentence).toContain(
        "somebody could say exactly where a venue is. Partners were promised 9.4 ha",
      );
      expect(leaks).toMatchObject([leak]);
    });

    test("SAFEGUARDS 18: the hash of a picture goes with the sessions of its day, what it told stays", async () => {
      const kept = `insert into shown_picture (role, digest, first_shown, last_shown, told_m2, allowed_m2)
        values ('sergeant', 'old', '2021-11-01', '2021-11-11', 94000, 94000),
          ('sergeant', 'recent', '2021-11-01', '2021-11-12', 94000, 94000)`;
      await asOwner(kept);
      await runRetention(app.services);
      const rows = await asOwner("select digest from shown_picture order by last_shown");
      expect(rows).toEqual([
        { digest: expect.stringMatching(/^forgotten-[\da-f-]{36}$/) },
        { digest: "recent" },
      ]);
      await runRetention(app.services);
      expect(await asOwner("select digest from shown_picture order by last_shown")).toEqual(rows);
      expect(await meter()).toMatchObject({ pictures: 2, toldHa: 9.4, leaks: [] });
    });

    test("a picture is either waiting with its cells or measured without them, whoever writes", async () => {
      const planted = `insert into shown_picture (role, digest, first_shown, last_shown, cells, told_m2, allowed_m2)
        values ('sergeant', 'both', '2021-11-20', '2021-11-24', 'cells', 1, 1)`;
      await expect(asOwner(planted)).rejects.toThrow("shown_picture_cells_until_measured");
    });
  },
  fillDemo,
);
