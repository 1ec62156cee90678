import { expect, test } from "vitest";
import { lastPublicDate } from "#core/time/months.ts";
import { addDays } from "#core/time/zone.ts";
import { releaseAnswers } from "#server/releases/answers.ts";
import { releaseCommand } from "#server/releases/commands/release.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { moveTo } from "#tests/support/moved.ts";
import { type Redrawing, redrawings } from "#tests/support/redrawn.ts";
import { isWhole } from "#tests/support/runs.ts";

const addresses = [
  "/api/public/releases",
  "/api/public/releases/latest",
  "/api/public/releases/1",
  "/api/public/releases/1/csv",
  "/public",
  "/public/1",
  "/public/1?area=E09000010",
];
/** Finds areas by the names of streets and wards there are today: no figure is in it. */
const finder = /<details><summary>Choose from a list.*/gu;
/** Both boroughs are gone, or their boundary; all in `npm run test:slow`. */
const tried = isWhole ? (Object.keys(redrawings) as Redrawing[]) : (["one"] as const);

for (const which of tried) {
  onOneEngine(
    `releases from before the boundaries moved onto ${which}`,
    ({ db }) => {
      const app = appWith(db);
      const read = async () => {
        const served: string[] = [];
        for (const address of addresses) {
          const reply = await app.stranger.get(address);
          expect(reply.statusCode, address).toBe(200);
          served.push(reply.body.replace(finder, ""));
        }
        const told = await runCommand(app.services, releaseCommand, {
          positionals: ["export", "1"],
        });
        return [...served, JSON.stringify(told.json), ...told.text];
      };
      /**
       * What would be told of operations that began before, on a day whose last public one lies after the move: which
       * edges, and which side of each is whose.
       */
      const edges = async () => {
        const { zone, asAt } = app.services;
        const later = addDays(asAt.date(), 150);
        const then = { ...asAt, date: () => later, now: () => zone.startOfDate(later) };
        expect(lastPublicDate(later) > asAt.date()).toBe(true);
        const { answers } = await releaseAnswers({ ...app.services, asAt: then });
        return answers.map((answer) =>
          "edges" in answer
            ? answer.edges.map(({ neighbour, isInternal }) => ({ neighbour, isInternal }))
            : answer,
        );
      };

      test("SAFEGUARDS 7: served, as files and on the public page they are byte for byte what they were, and new answers keep the edges of then", async () => {
        const before = { read: await read(), edges: await edges() };
        expect(JSON.stringify(before.edges)).toContain('"isInternal":true');
        await moveTo(app.services, which);
        expect(await edges()).toEqual(before.edges);
        expect(await read()).toEqual(before.read);
      });
    },
    fillDemo,
  );
}
