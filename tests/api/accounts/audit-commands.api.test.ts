import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ActServices } from "#server/acts/services.ts";
import { databaseCommands } from "#server/app/commands.ts";
import { actionsOf } from "#server/cli/arguments.ts";
import type { Command } from "#server/cli/command.ts";
import { fillPlaces } from "#server/places/load.ts";
import { testServices } from "#tests/support/app.ts";
import { lastId, linesAfter } from "#tests/support/audit.ts";
import { runCommand } from "#tests/support/command.ts";
import {
  partnerCommands,
  pushCommands,
  releaseCommands,
  type Sample,
  streetsCommands,
  userCommands,
} from "#tests/support/command-samples.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { openNames } from "#tests/support/gazetteer.ts";
import { plainTable } from "#tests/support/import.ts";
import { featureFile } from "#tests/support/layers.ts";
import { asCsv, standing } from "#tests/support/positions.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const calendar = [
  "BEGIN:VCALENDAR",
  "VERSION:2.0",
  "BEGIN:VEVENT",
  "UID:one",
  "SUMMARY:Van at the church",
  "DTSTART;TZID=Europe/London:20211201T190000",
  "DTEND;TZID=Europe/London:20211201T210000",
  "GEO:51.6179;-0.0631",
  "END:VEVENT",
  "END:VCALENDAR",
  "",
].join("\r\n");

const ward = {
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { code: "W1", name: "Town" },
      geometry: {
        type: "Polygon",
        coordinates: [
          [
            [-0.08, 51.61],
            [-0.06, 51.61],
            [-0.06, 51.62],
            [-0.08, 51.62],
            [-0.08, 51.61],
          ],
        ],
      },
    },
  ],
};

onOneEngine(
  "every command has its line",
  ({ db }) => {
    let services: ActServices;
    const folder = scratchFolder("commands");
    const file = (name: string) => join(folder, name);
    beforeAll(async () => {
      services = await testServices(db());
      await writeFile(file("calendar.ics"), calendar);
      await writeFile(file("bad.ics"), "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n");
      await writeFile(file("wards.geojson"), JSON.stringify(ward));
      await writeFile(
        file("stop-of-somebody.geojson"),
        featureFile({ type: "Point", coordinates: [-0.0634, 51.6255] }),
      );
      await writeFile(
        file("visits-of-somebody.csv"),
        "latitude,longitude,from,to,units\n51.6179,-0.0631,2021-11-20 11:00,2021-11-20 11:15,1\n",
      );
      const fixes = ["of somebody A", "of somebody B", "of somebody C"].flatMap((device) =>
        standing(device, {
          from: "2021-11-20T11:00:00Z",
          every: 30,
          count: 90,
          lat: 51.6179,
          lng: -0.0631,
        }),
      );
      await writeFile(file("positions-of-somebody.csv"), asCsv(fixes));
      await writeFile(file("of-somebody.csv"), plainTable(["2021-06-05"]));
      await writeFile(file("of-somebody-names.csv"), openNames.join("\n"));
      await writeFile(file("bad.csv"), `${plainTable(["2021-06-05"])}\n"never closed`);
    });
    afterAll(async () => {
      await services.solver.close();
    });

    /** In an order in which each finds what it needs, from an empty database on. */
    const samples = (): readonly Sample[] => [
      { command: "load-demo", says: "" },
      { command: "load-demo", outcome: "refused", says: "status" },
      { command: "audit", positionals: ["verify"], says: "" },
      { command: "audit", positionals: ["head"], says: "" },
      { command: "audit", positionals: ["export", file("chain.ndjson")], says: "" },
      {
        command: "places",
        positionals: ["move"],
        values: { back: true },
        outcome: "refused",
        says: "",
      },
      // Before the wards come in: with other areas no month is released a second time.
      ...releaseCommands,
      {
        command: "export",
        positionals: ["events"],
        values: { parquet: file("events.parquet") },
        says: "from to events",
      },
      {
        command: "hotspots",
        values: { from: "2021-10-01", to: "2021-11-25" },
        says: "from to resolution measure kinds events",
      },
      {
        command: "backtest",
        values: { from: "2021-08-01", to: "2021-10-31", method: "count-3" },
        says: "from to resolution horizon kinds events",
      },
      {
        command: "backtest",
        values: { from: "2021-08-01", to: "2021-08-02" },
        outcome: "refused",
        says: "from to resolution horizon kinds events status",
      },
      { command: "forecast", positionals: ["seals"], says: "entries" },
      {
        command: "displacement",
        values: { operation: "boxster-2021" },
        says: "from to events",
      },
      {
        command: "displacement",
        values: { operation: "none" },
        outcome: "refused",
        says: "status",
      },
      {
        command: "plan",
        values: { from: "2021-11-29", days: "1", units: "1" },
        says: "from days units seed asAt events",
      },
      { command: "check-plan", positionals: [file("plan.json")], says: "windows unavailable" },
      {
        command: "import",
        positionals: [file("of-somebody.csv")],
        says: "batch dryRun profile rows accepted rejected duplicates",
      },
      {
        command: "import",
        positionals: [file("of-somebody.csv")],
        values: { "dry-run": true },
        says: "batch dryRun profile rows accepted rejected duplicates",
      },
      { command: "import", positionals: [file("bad.csv")], outcome: "refused", says: "" },
      { command: "batches", says: "batches" },
      { command: "undo", positionals: ["2"], says: "batch events" },
      {
        command: "import",
        positionals: [file("of-somebody.csv")],
        values: { "save-profile": "Of somebody" },
        says: "batch dryRun profile rows accepted rejected duplicates",
      },
      { command: "undo", positionals: ["99"], outcome: "refused", says: "batch status" },
      {
        command: "import-boundaries",
        positionals: [file("wards.geojson")],
        values: { kind: "ward" },
        says: "kind dryRun areas events",
      },
      {
        command: "import-layer",
        positionals: [file("stop-of-somebody.geojson")],
        values: { kind: "stop", licence: "of somebody" },
        says: "kind dryRun features layer",
      },
      {
        command: "import-layer",
        positionals: [file("bad.csv")],
        values: { kind: "stop" },
        outcome: "refused",
        says: "kind dryRun",
      },
      {
        command: "log-patrol",
        positionals: [file("visits-of-somebody.csv")],
        says: "rows logged",
      },
      { command: "log-patrol", positionals: [file("bad.csv")], outcome: "refused", says: "" },
      {
        command: "import-positions",
        positionals: [file("positions-of-somebody.csv")],
        says: "fixes accepted rejected devices days cells withheldDays import",
      },
      { command: "import-positions", positionals: [file("bad.csv")], outcome: "refused", says: "" },
      { command: "positions", positionals: ["list"], says: "imports" },
      { command: "positions", positionals: ["remove", "1"], says: "import" },
      { command: "positions", positionals: ["remove", "99"], outcome: "refused", says: "" },
      {
        command: "import-gazetteer",
        positionals: [file("of-somebody-names.csv")],
        says: "gazetteer format rows kept",
      },
      {
        command: "import-gazetteer",
        positionals: [file("of-somebody-names.csv")],
        outcome: "refused",
        says: "format rows kept status",
      },
      {
        command: "import-calendar",
        positionals: [file("calendar.ics")],
        values: { partner: "Somebody Else" },
        says: "dryRun confirmed sessions rejected",
      },
      {
        command: "import-calendar",
        positionals: [file("bad.ics")],
        values: { partner: "Somebody Else" },
        outcome: "refused",
        says: "dryRun confirmed",
      },
      { command: "leak-meter", says: "" },
      { command: "retention", values: { "dry-run": true }, says: "dryRun" },
      { command: "clock", values: { right: true }, says: "hours kind" },
      {
        command: "backup",
        positionals: [file("all.backup")],
        secret: "four geese over the water",
        begins: "begin a backup",
        says: "rows bytes",
      },
      {
        command: "backup",
        positionals: [file("all.backup")],
        secret: "four geese over the water",
        outcome: "refused",
        says: "status",
      },
      ...userCommands,
      ...pushCommands,
      ...partnerCommands,
      ...streetsCommands(file),
    ];
    const named = (name: string): Command => {
      const found = databaseCommands.find((command) => command.name === name);
      if (!found) throw new Error(`There is no command ${name}`);
      return found;
    };

    test("every command with a note is called below, and one without says why", () => {
      const called = samples().map(({ command, positionals = [] }) => [command, positionals[0]]);
      const isCalled = (name: string, word: string) =>
        called.some(([command, first]) => command === name && (word === "" || first === word));
      for (const command of databaseCommands) {
        for (const [word, action] of actionsOf(command)) {
          // Nothing is opened: it works on a file alone.
          if ("alone" in action) continue;
          const { audit } = action;
          const isSaid = "none" in audit ? audit.none.length > 8 : isCalled(command.name, word);
          expect(isSaid, `${command.name} ${word}`).toBe(true);
        }
      }
    });

    test("each leaves exactly one line under the name of who typed it, and no name of a file, a place or a partner", async () => {
      for (const sample of samples()) {
        const { command, outcome = "done", begins, system = [], says } = sample;
        const before = await lastId(db());
        const run = runCommand(services, named(command), sample);
        if (outcome === "refused") await expect(run, command).rejects.toThrow();
        else {
          const { json } = await run;
          if (command === "plan") await writeFile(file("plan.json"), JSON.stringify(json));
        }
        const all = await linesAfter(db(), before);
        const isSystem = ({ role }: { role: string }) => role === "system";
        expect(all.filter(isSystem).map(({ act }) => act)).toEqual(system);
        const lines = all.filter((line) => !isSystem(line));
        const first = begins === undefined ? [] : lines.splice(0, 1);
        expect(first.map(({ act }) => act)).toEqual(begins === undefined ? [] : [begins]);
        expect(lines, command).toMatchObject([
          { person: "tester", role: "operator", partner: null, outcome },
        ]);
        const detail = JSON.parse(lines[0]?.detail ?? "{}") as object;
        expect(Object.keys(detail).sort(byText), command).toEqual(
          says.split(" ").filter(Boolean).sort(byText),
        );
        const text = JSON.stringify(lines);
        expect(text).not.toMatch(/somebody|\.csv|\.ics|church|Town|boxster-2021/i);
      }
    });
  },
  fillPlaces,
);

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
