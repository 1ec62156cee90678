import type { Operation, OperationPhase } from "#core/displacement/operation.ts";
import type { CutArea } from "#core/displacement/operation-area.ts";
import { placeLabel } from "#core/places/layers/place-factors.ts";
import { faultsOfWords } from "#core/text/free-words.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { hasUnseen, unseenReason } from "#core/text/shown-name.ts";
import { smallCountIn, smallCountRefusal } from "#core/text/small-counts.ts";
import { formatDate } from "#core/time/words.ts";
import { addDays } from "#core/time/zone.ts";

export interface OperationFault {
  readonly field: string;
  readonly reason: string;
}

export interface CheckedOperation
  extends Pick<Operation, "name" | "startsOn" | "endsOn" | "phases"> {
  readonly treated: CutArea;
  /** Null: the rest of the command. */
  readonly control: CutArea | null;
}

export const longestName = 80;
export const longestPhaseName = 40;
/** More would not fit the report, and none of them could be told apart. */
export const mostPhases = 6;

/** Every fault of an operation, by field; page and server both check this. */
export function checkOperation(
  operation: CheckedOperation,
  commandName: string,
): readonly OperationFault[] {
  return [
    ...nameFaults("name", operation.name, longestName),
    ...periodFaults("endsOn", operation),
    ...areaFaults(operation, commandName),
    ...phaseFaults(operation),
  ];
}

/** By start. One without a last day ends the day before the next, the last one with the operation. */
export function phasesInOrder(phases: readonly OperationPhase[]): readonly OperationPhase[] {
  const order = [...phases].sort((a, b) => (a.startsOn < b.startsOn ? -1 : 1));
  return order.map((phase, at) => {
    const next = order[at + 1];
    return { ...phase, endsOn: phase.endsOn ?? (next ? addDays(next.startsOn, -1) : null) };
  });
}

/** Public: no count under 10 (SAFEGUARDS 7). */
function phaseNameFaults(field: string, name: string): readonly OperationFault[] {
  const faults = nameFaults(field, name, longestPhaseName);
  const count = faults.length > 0 ? null : smallCountIn(name);
  return count === null ? faults : [{ field, reason: smallCountRefusal(count) }];
}

/** The same words as free text may have: never a person (SAFEGUARDS 8). */
function nameFaults(field: string, name: string, longest: number): readonly OperationFault[] {
  if (name.trim() === "") return [{ field, reason: "Enter a name." }];
  if (name !== name.trim()) return [{ field, reason: "Remove the spaces before and after it." }];
  if (name.length > longest) {
    return [
      { field, reason: `A name can have at most ${longest} characters. This has ${name.length}.` },
    ];
  }
  if (hasUnseen(name)) return [{ field, reason: unseenReason }];
  return isImpersonal(name)
    ? faultsOfWords(field, name)
    : [{ field, reason: "This looks like personal data. Name it after its place or year." }];
}

/** Checked a few words at a time: a name fit for a place is fit for an operation (SAFEGUARDS 8). */
function isImpersonal(name: string): boolean {
  const words = name.split(/\s+/);
  const parts = words.flatMap((_, at) => (at % wordsAtATime === 0 ? [at] : []));
  return parts.every((at) => placeLabel(words.slice(at, at + wordsAtATime).join(" ")) !== null);
}

const wordsAtATime = 4;

function periodFaults(
  field: string,
  { startsOn, endsOn }: Pick<OperationPhase, "startsOn" | "endsOn">,
): OperationFault[] {
  if (endsOn === null || endsOn >= startsOn) return [];
  return [
    {
      field,
      reason: `The last day, ${formatDate(endsOn)}, is before the first day, ${formatDate(startsOn)}.`,
    },
  ];
}

function areaFaults({ treated, control }: CheckedOperation, command: string): OperationFault[] {
  const faults = [
    ...cutFaults("treated", treated, command),
    ...(control ? cutFaults("control", control, command) : []),
  ];
  const isTreated = new Set(treated.inside);
  const both = control?.inside.filter((cell) => isTreated.has(cell)).length ?? 0;
  if (both === 0) return faults;
  const cells = formatQuantity(both, "cell is", "cells are");
  return [
    ...faults,
    {
      field: "control",
      reason: `${cells} both treated and comparison. Choose a comparison area that does not overlap the treated area.`,
    },
  ];
}

function cutFaults(
  field: "treated" | "control",
  { inside, outside }: CutArea,
  command: string,
): OperationFault[] {
  if (inside.length > 0) return [];
  const reason =
    outside > 0
      ? `It is entirely outside ${command}. Choose an area inside.`
      : `Choose the ${field} area: draw it, choose cells, a named area or a street.`;
  return [{ field, reason }];
}

function phaseFaults(operation: CheckedOperation): OperationFault[] {
  const { phases } = operation;
  if (phases.length > mostPhases) {
    return [{ field: "phases", reason: `An operation can have at most ${mostPhases} phases.` }];
  }
  const order = phases
    .map((phase, index) => ({ phase, index }))
    .sort((a, b) => (a.phase.startsOn < b.phase.startsOn ? -1 : 1));
  return order.flatMap(({ phase, index }, place) => {
    const before = order[place - 1]?.phase;
    const isTwice = phases.some((other, at) => at < index && other.name === phase.name);
    return [
      ...phaseNameFaults(`phases.${index}.name`, phase.name),
      ...(isTwice
        ? [{ field: `phases.${index}.name`, reason: "Another phase has this name." }]
        : []),
      ...periodFaults(`phases.${index}.endsOn`, phase),
      ...insideFaults(index, phase, operation),
      ...(before ? overlapFaults(index, phase, before) : []),
    ];
  });
}

function insideFaults(
  index: number,
  phase: OperationPhase,
  { startsOn, endsOn }: CheckedOperation,
): OperationFault[] {
  if (phase.startsOn < startsOn) {
    const reason = `It starts before the operation, which starts on ${formatDate(startsOn)}.`;
    return [{ field: `phases.${index}.startsOn`, reason }];
  }
  if (endsOn === null || (phase.endsOn ?? phase.startsOn) <= endsOn) return [];
  const field = `phases.${index}.${phase.startsOn > endsOn ? "startsOn" : "endsOn"}`;
  return [{ field, reason: `It ends after the operation, which ends on ${formatDate(endsOn)}.` }];
}

function overlapFaults(
  index: number,
  phase: OperationPhase,
  before: OperationPhase,
): OperationFault[] {
  const field = `phases.${index}.startsOn`;
  if (before.startsOn === phase.startsOn) {
    return [{ field, reason: `"${before.name}" starts on the same day.` }];
  }
  if (before.endsOn === null || before.endsOn < phase.startsOn) return [];
  const until = `ends on ${formatDate(before.endsOn)}`;
  return [{ field, reason: `It starts before "${before.name}" ends, which ${until}.` }];
}
