import { areaWords, type OperationArea } from "#core/displacement/operation-area.ts";
import type { OperationBody } from "#core/displacement/wire/operations.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

export interface Operation {
  readonly name: string;
  /** Treated cells at resolution 10. */
  readonly cells: readonly H3Cell[];
  /** London date `YYYY-MM-DD`. */
  readonly startsOn: string;
  /** Last day, inclusive; null while the operation goes on. */
  readonly endsOn: string | null;
  /** Control cells chosen by hand; null for the rest of the command. */
  readonly control: readonly H3Cell[] | null;
  /** Phases in time, each judged against the same period before. */
  readonly phases: readonly OperationPhase[];
}

export type OperationPhase = OperationBody["phases"][number];

export interface OperationState extends Pick<Operation, "name" | "startsOn" | "endsOn" | "phases"> {
  readonly treated: OperationArea;
  readonly control: OperationArea | null;
}

/** Changes between two states, as short clauses: "start: 1 Aug 2021, now 8 Aug 2021". */
export function changesBetween(before: OperationState, after: OperationState): readonly string[] {
  return [
    ...changed("name", before.name, after.name),
    ...changed("first day", formatDate(before.startsOn), formatDate(after.startsOn)),
    ...changed("last day", endWords(before.endsOn), endWords(after.endsOn)),
    ...areaChanged("treated area", before.treated, after.treated),
    ...areaChanged("comparison area", before.control, after.control),
    ...changed("phases", phaseWords(before.phases), phaseWords(after.phases)),
  ];
}

function changed(what: string, before: string, after: string): string[] {
  return before === after ? [] : [`${what}: ${before}, now ${after}`];
}

function areaChanged(what: string, before: OperationArea | null, after: OperationArea | null) {
  const isSame =
    writtenArea(before) === writtenArea(after) && before?.cells.join() === after?.cells.join();
  return isSame ? [] : [`${what}: ${writtenArea(before)}, now ${writtenArea(after)}`];
}

/** "Edmonton Green (40 cells)" */
function writtenArea(area: OperationArea | null): string {
  if (area === null) return "the rest of the area";
  const count = area.cells.length;
  return `${areaWords(area)} (${formatQuantity(count, "cell")})`;
}

function endWords(endsOn: string | null): string {
  return endsOn === null ? "ongoing" : formatDate(endsOn);
}

function phaseWords(phases: Operation["phases"]): string {
  if (phases.length === 0) return "none";
  return phases
    .map(({ name, startsOn, endsOn }) => {
      const until = endsOn === null ? "on" : `to ${formatDate(endsOn)}`;
      return `${name} (${formatDate(startsOn)} ${until})`;
    })
    .join(", ");
}
