import { useMemo, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import {
  type DraftKey,
  draftFor,
  drafts,
  dropDraft,
  editOperation,
  keepDraft,
  type OperationDraft,
  readOperationDraft,
} from "#client/displacement/operations/operation-draft.ts";
import {
  keepOperation,
  operations as shared,
} from "#client/displacement/operations/operations-api.ts";
import { useStore } from "#client/state/use-store.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { changedMeanwhileTitle, type OperationReply } from "#core/displacement/wire/operations.ts";
import type { StudySet } from "#core/places/study-set.ts";

/** Somebody else changed what is being edited. */
export interface Conflict {
  readonly by: string;
  /** ISO instant. */
  readonly at: string;
  readonly revision: number;
  /** In the server's words, where a save was refused for it. */
  readonly detail: string | null;
}

/** What is typed of one operation, what is wrong with it, and what becomes of it. */
export function useOperationEditor(props: {
  readonly draftKey: DraftKey;
  readonly operation: OperationReply | null;
  readonly operations: readonly OperationReply[];
  readonly command: StudySet;
}) {
  const { draftKey: key, operation, operations, command } = props;
  const { asAt } = useSession();
  const known = useStore(drafts, (all) => all);
  const draft = useMemo(() => draftFor(known, key, operation), [known, key, operation]);
  const read = useMemo(
    () => readOperationDraft(draft, { command, asAt, operations }),
    [draft, command, asAt, operations],
  );
  const [isAsked, setAsked] = useState(false);
  const [isPending, setPending] = useState(false);
  const [fault, setFault] = useState<ApiError | null>(null);
  const isTouched = known[key] !== undefined;
  const conflict = isTouched ? conflictOf(draft, operation, fault) : null;

  const send = async (of: OperationDraft) => {
    setAsked(true);
    const { body } = readOperationDraft(of, { command, asAt, operations });
    if (!body || isPending) return;
    setPending(true);
    setFault(null);
    try {
      const kept = await keepOperation(
        of.id === null ? null : { id: of.id, revision: of.revision },
        body,
      );
      dropDraft(key);
      showToast(`${kept.name} saved, revision ${kept.revision}`);
      editOperation(null);
    } catch (cause) {
      const error = errorFromFailure(cause);
      setFault(error);
      if (error.title === changedMeanwhileTitle) shared.reload();
    }
    setPending(false);
  };
  return {
    draft,
    read,
    isAsked,
    isPending,
    isTouched,
    conflict,
    /** Shown once saving was asked for, from then on as it is typed. */
    faults: isAsked ? read.faults : noFaults,
    fault: conflict ? null : fault,
    change: (part: Partial<OperationDraft>) => {
      setFault(null);
      keepDraft(key, { ...draft, ...part });
    },
    save: () => void send(draft),
    /** Over what is stored now, knowingly. */
    keepMine: () => {
      const mine = { ...draft, revision: operation?.revision ?? draft.revision };
      keepDraft(key, mine);
      void send(mine);
    },
    takeTheirs: () => {
      setFault(null);
      dropDraft(key);
    },
    discard: () => {
      setFault(null);
      setAsked(false);
      dropDraft(key);
    },
  };
}

const noFaults: Readonly<Record<string, string>> = {};

function conflictOf(
  draft: OperationDraft,
  operation: OperationReply | null,
  fault: ApiError | null,
): Conflict | null {
  if (!operation || operation.revision === draft.revision) return null;
  const detail = fault?.title === changedMeanwhileTitle ? fault.detail : null;
  return {
    by: operation.changedBy,
    at: operation.changedAt,
    revision: operation.revision,
    detail,
  };
}
