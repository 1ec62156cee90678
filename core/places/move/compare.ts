import { eventResolution, type H3Cell } from "#core/geo/cell.ts";
import { cellsInside, commandStudySet, ownBoroughs } from "#core/places/command.ts";
import type { Flow, GroundChange, NameChanges } from "#core/places/move/wire.ts";
import { publicAreas } from "#core/places/public-areas.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";

/** One set of boundaries, as far as a move compares two. */
export type Ground = Pick<PlacesReply, "areas" | "name"> & {
  readonly gazetteer: Pick<PlacesReply["gazetteer"], "neighbourhoods">;
};

/** What another set of boundaries makes of the cells and of the records in them. */
export function compareGrounds(
  before: Ground,
  after: Ground,
  eventsIn: ReadonlyMap<H3Cell, number>,
): GroundChange {
  const [from, to] = [partsByCell(before), partsByCell(after)];
  const renamed = renamedParts(before, after);
  const newName = new Map(renamed.map((one) => [one.from, one.to]));
  const isSame = ({ from, to }: Pick<Flow, "from" | "to">) =>
    from !== null && (newName.get(from) ?? from) === to;
  const all = flowsBetween(from, to, eventsIn);
  const flows = all.filter((flow) => !isSame(flow)).sort((a, b) => b.cells - a.cells);
  const tallyOf = (what: "cells" | "events") => {
    const sum = (some: readonly Flow[]) => some.reduce((total, flow) => total + flow[what], 0);
    return {
      stay: sum(all.filter(isSame)),
      moved: sum(flows.filter((flow) => flow.from !== null && flow.to !== null)),
      leave: sum(flows.filter((flow) => flow.to === null)),
      come: sum(flows.filter((flow) => flow.from === null)),
    };
  };
  const changed = flows.flatMap((flow) => [flow.from, flow.to]);
  return {
    before: before.name,
    after: after.name,
    parts: {
      ...changesOf(partNames(before), partNames(after), renamed),
      renamed,
      redrawn: sameCodes(before, after)
        .filter((one) => changed.includes(one.from) || changed.includes(one.to))
        .map((one) => one.to),
    },
    neighbours: changesOf(neighbourNames(before), neighbourNames(after)),
    publicAreas: changesOf(publicNames(before), publicNames(after)),
    flows,
    cells: tallyOf("cells"),
    events: tallyOf("events"),
  };
}

/** The cells that one command has and the other has not. */
export function cellsLost(before: Ground, after: Ground): H3Cell[] {
  const kept = commandStudySet(after.areas).indexOf;
  return commandStudySet(before.areas).cells.filter((cell) => !kept.has(cell));
}

function flowsBetween(
  from: ReadonlyMap<H3Cell, string>,
  to: ReadonlyMap<H3Cell, string>,
  eventsIn: ReadonlyMap<H3Cell, number>,
): Flow[] {
  const flows = new Map<string, Flow>();
  for (const cell of new Set([...from.keys(), ...to.keys()])) {
    const pair = { from: from.get(cell) ?? null, to: to.get(cell) ?? null };
    const key = JSON.stringify(pair);
    const flow = flows.get(key) ?? { ...pair, cells: 0, events: 0 };
    flow.cells += 1;
    flow.events += eventsIn.get(cell) ?? 0;
    flows.set(key, flow);
  }
  return [...flows.values()];
}

function partsByCell({ areas }: Ground): Map<H3Cell, string> {
  return new Map(
    ownBoroughs(areas).flatMap((part) =>
      cellsInside([part], eventResolution).map((cell) => [cell, part.name] as const),
    ),
  );
}

function sameCodes(before: Ground, after: Ground) {
  const now = new Map(ownBoroughs(after.areas).map(({ code, name }) => [code, name]));
  return ownBoroughs(before.areas).flatMap(({ code, name }) => {
    const to = now.get(code);
    return to === undefined ? [] : [{ from: name, to }];
  });
}

const renamedParts = (before: Ground, after: Ground) =>
  sameCodes(before, after).filter(({ from, to }) => from !== to);

function changesOf(
  before: readonly string[],
  after: readonly string[],
  renamed: readonly { readonly from: string; readonly to: string }[] = [],
): NameChanges {
  const gone = new Set([...after, ...renamed.map(({ from }) => from)]);
  const come = new Set([...before, ...renamed.map(({ to }) => to)]);
  return {
    gone: before.filter((name) => !gone.has(name)),
    come: after.filter((name) => !come.has(name)),
  };
}

const partNames = ({ areas }: Ground) => ownBoroughs(areas).map(({ name }) => name);

const neighbourNames = ({ areas }: Ground) =>
  areas.filter(({ kind }) => kind === "neighbour").map(({ name }) => name);

function publicNames({ areas, gazetteer, name }: Ground): string[] {
  return publicAreas(areas, gazetteer.neighbourhoods, name)
    .areas.filter(({ kind }) => kind !== "command" && kind !== "borough")
    .map((area) => area.name);
}
