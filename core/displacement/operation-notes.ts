import type { Operation } from "#core/displacement/operation.ts";
import type { CutArea } from "#core/displacement/operation-area.ts";
import { ringCount } from "#core/displacement/zones.ts";
import { disk, type H3Cell } from "#core/geo/cell.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDate } from "#core/time/words.ts";

export interface NotedOperation extends Pick<Operation, "startsOn" | "endsOn"> {
  readonly treated: CutArea;
  readonly control: CutArea | null;
}

/** More than this share of the command treated leaves little to compare with. */
const largeShare = 0.25;

/**
 * What to know about a valid operation, in sentences: what the command's line cuts off, what it
 * shares with others, and what cannot be assessed.
 */
export function operationNotes(
  operation: NotedOperation,
  about: {
    readonly command: Pick<StudySet, "name" | "cells">;
    /** London date `YYYY-MM-DD`. */
    readonly asAt: string;
    readonly others: readonly Pick<Operation, "name" | "cells" | "startsOn" | "endsOn">[];
  },
): readonly string[] {
  const { treated, control } = operation;
  const { command } = about;
  return [
    ...cutNotes("treated", treated, command.name),
    ...(control ? cutNotes("control", control, command.name) : []),
    ...about.others.flatMap((other) => sharedNotes(operation, other)),
    ...dateNotes(operation, about.asAt),
    ...(treated.inside.length > largeShare * command.cells.length
      ? [
          `It covers ${Math.round((100 * treated.inside.length) / command.cells.length)}% of ${command.name}, leaving little to compare with.`,
        ]
      : []),
    ...(control ? ringNotes(treated.inside, control.inside) : []),
  ];
}

function cutNotes(which: "treated" | "control", { inside, outside }: CutArea, command: string) {
  if (outside === 0 || inside.length === 0) return [];
  return [
    `The ${which} area stops at the boundary of ${command}: ${formatQuantity(outside, "cell")} beyond it ${outside === 1 ? "is" : "are"} left out.`,
  ];
}

/** Both in one place at once: their effects cannot be told apart. */
function sharedNotes(
  operation: NotedOperation,
  other: Pick<Operation, "name" | "cells" | "startsOn" | "endsOn">,
): string[] {
  if (!doMeet(operation, other)) return [];
  const own = new Set(operation.treated.inside);
  const shared = other.cells.filter((cell) => own.has(cell)).length;
  if (shared === 0) return [];
  return [
    `It shares ${formatQuantity(shared, "cell")} with "${other.name}", which runs ${periodWords(other.startsOn, other.endsOn)}. Their effects there cannot be separated.`,
  ];
}

function doMeet(
  one: Pick<Operation, "startsOn" | "endsOn">,
  other: Pick<Operation, "startsOn" | "endsOn">,
): boolean {
  const endsBefore = (a: typeof one, b: typeof one) => a.endsOn !== null && a.endsOn < b.startsOn;
  return !endsBefore(one, other) && !endsBefore(other, one);
}

function dateNotes({ startsOn, endsOn }: NotedOperation, asAt: string): string[] {
  if (startsOn > asAt) {
    return [
      `It starts on ${formatDate(startsOn)}, after ${formatDate(asAt)}. It is saved, and can be assessed once it has started.`,
    ];
  }
  if (endsOn !== null && endsOn > asAt) {
    return [`It is assessed up to ${formatDate(asAt)}. There are no later records yet.`];
  }
  return [];
}

function ringNotes(treated: readonly H3Cell[], control: readonly H3Cell[]): string[] {
  const near = new Set(treated.flatMap((cell) => disk(cell, ringCount)));
  const inRings = control.filter((cell) => near.has(cell)).length;
  if (inRings === 0) return [];
  return [
    `${formatQuantity(inRings, "cell")} of the comparison area ${inRings === 1 ? "lies" : "lie"} in the ${ringCount} rings around the treated area. They are not used, because the response may have had an effect there.`,
  ];
}

/** "from 1 Aug 2021 to 31 Oct 2021", "from 1 Aug 2021 on". */
function periodWords(startsOn: string, endsOn: string | null): string {
  return endsOn === null
    ? `from ${formatDate(startsOn)} on`
    : `from ${formatDate(startsOn)} to ${formatDate(endsOn)}`;
}
