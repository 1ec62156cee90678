import { beforeAll, expect, test } from "vitest";
import { buildGraph } from "#core/places/streets/build-graph.ts";
import { briefing } from "#server/patrols/briefing.ts";
import { planTable } from "#server/patrols/plan-files.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { keepStreets, removeStreets } from "#tests/support/kept-graph.ts";
import { fillManyReports } from "#tests/support/plan-database.ts";
import { planDesk } from "#tests/support/plan-desk.ts";
import { streetNet } from "#tests/support/street-net.ts";

const net = { south: 51.575, west: -0.09, north: 51.64, east: -0.04, metres: 90 };
const sourceOf = (attribution: string) => ({
  name: "net.geojson",
  attribution,
});

onOneEngine(
  "whose streets the ways of a plan follow",
  ({ db }) => {
    const desk = planDesk(db);
    const folder = () => desk.services().config.dataFolder;
    beforeAll(() => keepStreets(folder(), buildGraph(streetNet(net)), sourceOf("© First Streets")));

    const attributionsOf = (legs: readonly { line: unknown; attribution?: string | undefined }[]) =>
      new Set(legs.map(({ line, attribution }) => (line ? attribution : undefined)));

    test("is kept with them, and told on paper and in files, when other streets or none are kept", async () => {
      const agreed = await desk.agree(await desk.suggest({ from: "2021-12-01", units: 1 }));
      const act = { ...desk.services(), addDetail: () => undefined };
      const issued = async () => {
        const { sheets } = await briefing(act, agreed.id ?? "");
        const { text } = await planTable(act, agreed.id ?? "");
        const named = text.split("\r\n").filter((line) => line.includes("©"));
        const legs = sheets.flatMap(({ windows }) => windows.flatMap(({ legs = [] }) => legs));
        return { named, attributions: attributionsOf(legs), count: legs.length };
      };
      const first = await issued();
      expect(first.count).toBeGreaterThan(3);
      expect(first.attributions).toContain("© First Streets");
      expect(first.named).toEqual(["Ways: © First Streets"]);

      await removeStreets(folder());
      expect(await issued()).toEqual(first);
      await keepStreets(folder(), buildGraph(streetNet(net)), sourceOf("© Other Streets"));
      expect(await issued()).toEqual(first);
      const [own] = agreed.windows.filter(({ legs = [] }) => legs.some(({ line }) => line));
      expect(attributionsOf(own?.legs ?? [])).toContain("© First Streets");

      // Walked the other way round it goes by the streets of now.
      const stops = own?.stops.map(({ cell }) => cell).reverse() ?? [];
      const reply = await desk.change(agreed, own?.id ?? "", { stops });
      if (!reply.ok) throw new Error(reply.reason);
      expect(attributionsOf(reply.window.legs ?? [])).toContain("© Other Streets");
      await desk.withdraw(agreed);
    });
  },
  fillManyReports,
);
