import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";
import { step } from "#client/state/url.ts";
import { cutAtCommand, type OperationArea } from "#core/displacement/operation-area.ts";
import { checkOperation, type OperationFault } from "#core/displacement/operation-check.ts";
import { operationNotes } from "#core/displacement/operation-notes.ts";
import type { OperationBody, OperationReply } from "#core/displacement/wire/operations.ts";
import type { H3Cell, Position } from "#core/geo/cell.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { londonDate } from "#core/text/london-date.ts";

/** How an area is being said just now, whatever it was said by before. */
export type AreaTool = "named" | "drawn" | "picked" | "corridor";

/** What is typed about one area, kept beside the cells that it led to. */
export interface AreaDraft {
  readonly tool: AreaTool;
  readonly area: OperationArea | null;
  readonly street: string;
  /** Metres on either side, as typed. */
  readonly width: string;
  /** A line that was drawn for a corridor. */
  readonly line: readonly Position[] | null;
}

export interface PhaseDraft {
  /** Tells rows apart while they are typed. */
  readonly key: number;
  readonly name: string;
  readonly startsOn: string;
  /** Empty: as long as the operation. */
  readonly endsOn: string;
}

/** An operation as it is being typed; dates may be half of one. */
export interface OperationDraft {
  /** Null: a new one. */
  readonly id: number | null;
  /** The revision that was read. */
  readonly revision: number;
  readonly name: string;
  readonly startsOn: string;
  /** Empty while it goes on. */
  readonly endsOn: string;
  readonly treated: AreaDraft;
  /** Null: the rest of the command. */
  readonly control: AreaDraft | null;
  readonly phases: readonly PhaseDraft[];
}

export const newArea: AreaDraft = {
  tool: "named",
  area: null,
  street: "",
  width: "130",
  line: null,
};

export function newDraft(): OperationDraft {
  return {
    id: null,
    revision: 0,
    name: "",
    startsOn: "",
    endsOn: "",
    treated: newArea,
    control: null,
    phases: [],
  };
}

export function draftOf(operation: OperationReply): OperationDraft {
  const { id, revision, name, startsOn, endsOn, controlArea, control } = operation;
  return {
    id,
    revision,
    name,
    startsOn,
    endsOn: endsOn ?? "",
    treated: areaDraft({ ...operation.treatedArea, cells: operation.cells as H3Cell[] }),
    control:
      controlArea && control
        ? areaDraft({ ...controlArea, cells: control as readonly H3Cell[] })
        : null,
    phases: operation.phases.map((phase, key) => ({
      key,
      name: phase.name,
      startsOn: phase.startsOn,
      endsOn: phase.endsOn ?? "",
    })),
  };
}

function areaDraft(area: OperationArea): AreaDraft {
  return { ...newArea, tool: area.by === "cells" ? "picked" : area.by, area };
}

export interface ReadDraft {
  /** Null while something is wrong. */
  readonly body: OperationBody | null;
  /** By field: what is wrong, and what to do. */
  readonly faults: Readonly<Record<string, string>>;
  /** What to know of it, said while it is typed. */
  readonly notes: readonly string[];
}

/** What a draft says so far: what is sent, what is wrong, what to know. */
export function readOperationDraft(
  draft: OperationDraft,
  about: {
    readonly command: StudySet;
    readonly asAt: string;
    readonly operations: readonly OperationReply[];
  },
): ReadDraft {
  const { command } = about;
  const written = writtenOf(draft);
  const treated = cutAtCommand(written.treated.cells, command);
  const control = written.control ? cutAtCommand(written.control.cells, command) : null;
  const dates = dateFaults(draft);
  const all = [...dates, ...checkOperation({ ...written, treated, control }, command.name)];
  // A date that is no date is that alone, not also out of order.
  const named = all.filter(({ field }, at) => all.findIndex((one) => one.field === field) === at);
  const isDated = !dates.some(({ field }) => field === "startsOn" || field === "endsOn");
  return {
    body: named.length === 0 ? written : null,
    faults: Object.fromEntries(named.map(({ field, reason }) => [field, reason])),
    notes: isDated
      ? operationNotes(
          { startsOn: draft.startsOn, endsOn: written.endsOn, treated, control },
          { command, asAt: about.asAt, others: othersOf(draft, about.operations) },
        )
      : [],
  };
}

function writtenOf(draft: OperationDraft): OperationBody {
  return {
    name: draft.name,
    startsOn: draft.startsOn,
    endsOn: draft.endsOn === "" ? null : draft.endsOn,
    treated: sentArea(draft.treated),
    control: draft.control ? sentArea(draft.control) : null,
    phases: draft.phases.map(({ name, startsOn, endsOn }) => ({
      name,
      startsOn,
      endsOn: endsOn === "" ? null : endsOn,
    })),
  };
}

function sentArea({ area }: AreaDraft): OperationBody["treated"] {
  return area
    ? { by: area.by, name: area.name, cells: [...area.cells] }
    : { by: "picked", name: null, cells: [] };
}

function othersOf({ id }: OperationDraft, all: readonly OperationReply[]) {
  return all
    .filter((other) => other.id !== id)
    .map((other) => ({ ...other, cells: other.cells as readonly H3Cell[] }));
}

/** Dates that are missing or none at all. */
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
      ...fault(`phases.${at}.endsOn`, phase.endsOn, true),
    ]),
  ];
}

/**
 * What is being typed, by operation, for as long as the page is open: another screen, somebody else's
 * change and a refused save lose nothing of it. Gone with the session.
 */
export const drafts = createStore<Readonly<Record<string, OperationDraft>>>({});

forgetOnSignOut(() => drafts.set(() => ({})));

export type DraftKey = "new" | `${number}`;

/** What is typed so far, or what the operation is. */
export function draftFor(
  known: Readonly<Record<string, OperationDraft>>,
  key: DraftKey,
  operation: OperationReply | null,
): OperationDraft {
  return known[key] ?? (operation ? draftOf(operation) : newDraft());
}

export function keepDraft(key: DraftKey, draft: OperationDraft): void {
  drafts.set((known) => ({ ...known, [key]: draft }));
}

export function dropDraft(key: DraftKey): void {
  drafts.set((known) => {
    const { [key]: _, ...rest } = known;
    return rest;
  });
}

/** Opens an operation to be changed, a new one, or the list. */
export function editOperation(which: number | "new" | null): void {
  step("displacement", {
    part: "operations",
    ...(which === null ? {} : { edit: String(which) }),
  });
}
