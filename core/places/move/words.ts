import type { Flow, GroundChange, MoveReferences, MoveReport } from "#core/places/move/wire.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { dateName } from "#core/time/words.ts";

const mostFlows = 12;

/** For the operator, who decides by it. */
export function describeMove({
  dryRun,
  movedOn,
  faults,
  change,
  references,
}: MoveReport): string[] {
  const { before, after, parts, neighbours, publicAreas, flows, cells, events } = change;
  return linesOf(
    `${before} ${dryRun ? "would become" : "became"} ${after}, from ${dateName(movedOn)} on.`,
    listed("Parts gone", parts.gone),
    listed("New parts", parts.come),
    listed(
      "Renamed",
      parts.renamed.map(({ from, to }) => `${from} is ${to}`),
    ),
    listed("Same part, other boundary", parts.redrawn),
    listed("Neighbours gone", neighbours.gone),
    listed("New neighbours", neighbours.come),
    listed("Public areas gone", publicAreas.gone),
    listed("New public areas", publicAreas.come),
    `${quantities("stay in their part", cells.stay, events.stay)}, ${quantities("change it", cells.moved, events.moved)}.`,
    flows.slice(0, mostFlows).map((flow) => flowWords(flow, movedOn)),
    flows.length > mostFlows && `And ${formatQuantity(flows.length - mostFlows, "smaller piece")}.`,
    "Every record keeps its cell, and history is counted by the new boundaries. No record is lost, and none is located again.",
    cells.come > 0 &&
      `Before ${dateName(movedOn)} records were collected by the old boundaries: on the ${formatQuantity(cells.come, "new cell")} they are missing, but for those near the boundary.`,
    referenceWords(references, change),
    "Sessions, keep-clear times and closed hours stay as they are: they are places on the map, of no area.",
    cells.leave > 0 &&
      "Partners with a place on ground that leaves read that this team plans no patrols there. Let the coordinator phone all partners first.",
    faults,
    dryRun && "Nothing was changed.",
    !dryRun &&
      'From now on start with BOXSTER_PLACES set to the new folder. Within 7 days "boxster places move --back" brings the old boundaries back.',
  );
}

function listed(what: string, names: readonly string[]): string | false {
  return names.length > 0 && `${what}: ${names.join(", ")}.`;
}

function quantities(what: string, cells: number, events: number): string {
  return `${formatQuantity(cells, "cell")} with ${formatQuantity(events, "record")} ${what}`;
}

function flowWords({ from, to, cells, events }: Flow, movedOn: string): string {
  const what = `${formatQuantity(cells, "cell")}, ${formatQuantity(events, "record")}`;
  if (from === null) return `From outside to ${to}: ${what} so far.`;
  if (to === null) {
    return `From ${from} to outside: ${what}, in no area from ${dateName(movedOn)} on.`;
  }
  return `${from} to ${to}: ${what}.`;
}

function referenceWords(found: MoveReferences, { cells }: GroundChange): string[] {
  const of = (count: number, one: string, many?: string) => formatQuantity(count, one, many);
  return linesOf(
    found.patrols > 0 &&
      `${of(found.patrols, "patrol")} to come ${found.patrols === 1 ? "has" : "have"} a stop on ground that leaves. They stay as approved: withdraw on Plan those that are no longer yours.`,
    found.operations > 0 &&
      `${of(found.operations, "operation")} treated ground that leaves, ${found.runningOperations} still running. They are judged by the boundaries that they began with.`,
    found.alerts > 0 && `${of(found.alerts, "alert")} at an edge that goes: close or hand over.`,
    found.placePlans > 0 &&
      `${of(found.placePlans, "open plan")} of places on ground that leaves: review them.`,
    found.patrolPartners > 0 &&
      `${of(found.patrolPartners, "patrol partner")} may stand in an area that goes, and nowhere there any more: choose again on Accounts.`,
    found.agreements + found.liaisons > 0 &&
      `${of(found.agreements, "agreement")} and ${of(found.liaisons, "liaison account")} of neighbours that go: end them. No new figure is shown to them.`,
    found.releases > 0 &&
      `${of(found.releases, "release")} and their figures stay as published.${cells.come + cells.leave + cells.moved > 0 ? " The first under the new boundaries begins with the first whole month after the change." : ""}`,
  );
}
