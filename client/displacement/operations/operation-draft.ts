import { askOperations } from "#client/displacement/operations/operations-api.ts";
import { step } from "#client/state/url.ts";
import { createEditor, type Faults, firstFaults } from "#client/ui/use-editor.ts";
import { cutAtCommand, type OperationArea } from "#core/displacement/operation-area.ts";
import { checkOperation, type OperationFault } from "#core/displacement/operation-check.ts";
import { operationNotes } from "#core/displacement/operation-notes.ts";
import {
  type OperationBody,
  type OperationReply,
  operationCalls,
} from "#core/displacement/wire/operations.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { londonDate } from "#core/text/london-date.ts";
import { addDays } from "#core/time/zone.ts";

export type AreaTool = "named" | "drawn" | "picked" | "corridor";

export interface AreaDraft {
  readonly tool: AreaTool;
  readonly area: OperationArea | null;
  readonly street: string;
  /** Metres on either side, as typed. */
  readonly width: string;
}

export interface PhaseDraft {
  /** Identifies the row while it is typed. */
  readonly key: number;
  readonly name: string;
  readonly startsOn: string;
  /** Null: until the next phase, or the operation's end. Typed only where it was stored shorter. */
  readonly endsOn: string | null;
}

/** Dates may be incomplete. */
export interface OperationDraft {
  readonly name: string;
  readonly startsOn: string;
  /** Empty while it goes on. */
  readonly endsOn: string;
  readonly treated: AreaDraft;
  /** Null: the rest of the command. */
  readonly control: AreaDraft | null;
  readonly phases: readonly PhaseDraft[];
}

export const newArea: AreaDraft = { tool: "named", area: null, street: "", width: "130" };

const newOperation: OperationDraft = {
  name: "",
  startsOn: "",
  endsOn: "",
  treated: newArea,
  control: null,
  phases: [],
};

function draftOf(operation: OperationReply | null): OperationDraft {
  if (!operation) return newOperation;
  const { name, startsOn, endsOn, controlArea, control } = operation;
  return {
    name,
    startsOn,
    endsOn: endsOn ?? "",
    treated: areaDraft({ ...operation.treatedArea, cells: operation.cells as H3Cell[] }),
    control: controlArea && control && areaDraft({ ...controlArea, cells: control as H3Cell[] }),
    phases: operation.phases.map((phase, key, all) => {
      const next = all[key + 1];
      const usual = next ? addDays(next.startsOn, -1) : endsOn;
      return { key, ...phase, endsOn: phase.endsOn === usual ? null : phase.endsOn };
    }),
  };
}

function areaDraft(area: OperationArea): AreaDraft {
  return { ...newArea, tool: area.by === "cells" ? "picked" : area.by, area };
}

interface Ground {
  readonly command: StudySet;
  readonly asAt: string;
  readonly operations: readonly OperationReply[];
  readonly id: number | null;
}

export function operationFaults(draft: OperationDraft, command: StudySet): Faults {
  const written = writtenOf(draft);
  const cut = cutAreas(written, command);
  return firstFaults([
    ...dateFaults(draft),
    ...checkOperation({ ...written, ...cut }, command.name),
  ]);
}

/** None while it has no dates. */
export function notesOf(
  draft: OperationDraft,
  { command, asAt, ...of }: Ground,
): readonly string[] {
  if (dateFaults(draft).some(({ field }) => field === "startsOn" || field === "endsOn")) return [];
  const written = writtenOf(draft);
  const others = of.operations
    .filter(({ id }) => id !== of.id)
    .map((other) => ({ ...other, cells: other.cells as readonly H3Cell[] }));
  const dated = { startsOn: draft.startsOn, endsOn: written.endsOn };
  return operationNotes({ ...dated, ...cutAreas(written, command) }, { command, asAt, others });
}

function cutAreas({ treated, control }: OperationBody, command: StudySet) {
  return {
    treated: cutAtCommand(treated.cells, command),
    control: control ? cutAtCommand(control.cells, command) : null,
  };
}

function writtenOf(draft: OperationDraft): OperationBody {
  return {
    name: draft.name,
    startsOn: draft.startsOn,
    endsOn: draft.endsOn === "" ? null : draft.endsOn,
    treated: sentArea(draft.treated),
    control: draft.control ? sentArea(draft.control) : null,
    phases: draft.phases.map(({ key, endsOn, ...phase }) => ({ ...phase, endsOn: endsOn || null })),
  };
}

function sentArea({ area }: AreaDraft): OperationBody["treated"] {
  return area
    ? { by: area.by, name: area.name, cells: [...area.cells] }
    : { by: "picked", name: null, cells: [] };
}

function dateFaults({ startsOn, endsOn, phases }: OperationDraft): OperationFault[] {
  const fault = (field: string, date: string, mayBeEmpty: boolean): OperationFault[] => {
    if (date === "" && mayBeEmpty) return [];
    if (date === "") return [{ field, reason: "Enter the first day." }];
    const isDate = londonDate.safeParse(date).success;
    return isDate ? [] : [{ field, reason: "Enter a real date between 2000 and 2099." }];
  };
  return [
    ...fault("startsOn", startsOn, false),
    ...fault("endsOn", endsOn, true),
    ...phases.flatMap((phase, at) => [
      ...fault(`phases.${at}.startsOn`, phase.startsOn, false),
      ...fault(`phases.${at}.endsOn`, phase.endsOn ?? "", true),
    ]),
  ];
}

export const operationEditor = createEditor<OperationDraft, OperationReply>({
  draftOf,
  keep: (read, draft) => {
    const body = writtenOf(draft);
    if (!read) return askOperations(operationCalls.add, { body });
    const { id, revision } = read;
    return askOperations(operationCalls.change, { id, body: { ...body, revision } });
  },
  leave: () => editOperation(null),
});

/** Null: the list. */
export function editOperation(which: number | "new" | null): void {
  step("displacement", {
    part: "operations",
    ...(which === null ? {} : { edit: String(which) }),
  });
}
