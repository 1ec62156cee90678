import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { askActions } from "#client/place-plans/place-plans-api.ts";
import { undoHistory } from "#client/state/undo.ts";
import { ConflictNote } from "#client/ui/ConflictNote.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { fieldOf } from "#client/ui/field-of.ts";
import { Question } from "#client/ui/Question.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { firstFaults } from "#client/ui/use-editor.ts";
import { WordsField } from "#client/ui/WordsField.tsx";
import {
  actionJudge,
  actionOwners,
  actionStates,
  actionStateWords,
  actionWordsFaults,
  checkAction,
  longestAction,
  ownerWords,
} from "#core/place-plans/action.ts";
import {
  type PlaceActionReply,
  type PlacePlanReply,
  placePlanCalls,
} from "#core/place-plans/wire/place-plans.ts";
import { londonDate } from "#core/text/london-date.ts";
import { formatDate } from "#core/time/words.ts";

export interface ActionFormProps {
  /** Null: a new one. */
  readonly action: PlaceActionReply | null;
  readonly plans: readonly PlacePlanReply[];
  readonly planId: number | null;
  readonly packId: number | null;
  readonly asAt: string;
  readonly words?: string;
  readonly onClose: () => void;
}

type Draft = Pick<PlaceActionReply, "words" | "owner" | "dueOn" | "state">;

export function ActionForm(props: ActionFormProps) {
  const { action, plans, planId, packId, asAt, onClose } = props;
  const { role } = useSession();
  const [draft, setDraft] = useState<Draft>(
    action ?? {
      words: props.words ?? "",
      owner: "neighbourhood_policing",
      dueOn: "",
      state: "open",
    },
  );
  const [plan, setPlan] = useState(String(action?.planId ?? planId ?? ""));
  const [read, setRead] = useState(action);
  const [isAsked, setAsked] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const { owner, dueOn, state } = draft;
  const words = draft.words.trim();
  const faults = londonDate.safeParse(dueOn).success
    ? checkAction({ words, owner, dueOn }, { asAt, kept: action })
    : [...actionWordsFaults(words, owner), noDay];
  const field = fieldOf(
    draft,
    (part) => setDraft((before) => ({ ...before, ...part })),
    isAsked ? firstFaults(faults) : {},
  );
  const save = (revision: number) => {
    setAsked(true);
    if (faults.length > 0) return;
    run(async () => {
      const fields = { words, owner, dueOn };
      const planId = plan === "" ? null : Number(plan);
      const { addAction, changeAction } = placePlanCalls;
      await (action
        ? askActions(changeAction, { id: action.id, body: { ...fields, state, revision } })
        : askActions(addAction, { body: { ...fields, planId, packId } }));
      undoHistory.end();
      onClose();
    });
  };
  const takeTheirs = (stored: PlaceActionReply) => {
    setRead(stored);
    setDraft(stored);
  };
  const owners = action && role !== "coordinator" ? [action.owner] : actionOwners;
  return (
    <Question
      title={action ? "Change an action" : "Add an action"}
      yes={action ? "Save" : "Add"}
      isDisabled={isPending}
      onYes={() => save(read?.revision ?? 0)}
      onNo={onClose}
    >
      <div className="stack gap-3">
        <ActionConflict action={action} read={read} onKeepMine={save} onTakeTheirs={takeTheirs} />
        <WordsField
          label="Action"
          hint={
            owner === "outreach"
              ? "About a place. No days or hours: they would show when outreach comes."
              : "About a place. Name an office, never a person."
          }
          most={longestAction}
          judge={actionJudge(owner)}
          {...field("words")}
        />
        <Select
          label="Office"
          {...field("owner")}
          options={owners.map((value) => ({ value, label: ownerWords[value] }))}
        />
        <TextField label="Due" type="date" {...field("dueOn")} />
        {action ? (
          <Select
            label="State"
            {...field("state")}
            options={actionStates.map((value) => ({ value, label: actionStateWords[value] }))}
          />
        ) : (
          <Select
            label="Place plan"
            value={plan}
            options={[
              { value: "", label: "None" },
              ...plans
                .filter(({ state: of }) => of !== "closed")
                .map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            onChange={setPlan}
          />
        )}
        {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      </div>
    </Question>
  );
}

const noDay = { field: "dueOn", reason: "Enter a due date." };

interface ActionConflictProps {
  /** Stored now, and as it was read; null for a new one. */
  readonly action: PlaceActionReply | null;
  readonly read: PlaceActionReply | null;
  readonly onKeepMine: (revision: number) => void;
  readonly onTakeTheirs: (stored: PlaceActionReply) => void;
}

/** Edit conflict: shows what is stored now and both ways on; typed text is kept. */
function ActionConflict({ action, read, onKeepMine, onTakeTheirs }: ActionConflictProps) {
  if (!action || action.revision === read?.revision) return null;
  const { words, owner, dueOn, state, revision } = action;
  return (
    <ConflictNote onKeepMine={() => onKeepMine(revision)} onTakeTheirs={() => onTakeTheirs(action)}>
      Someone changed this action. It is now: “{words}” {ownerWords[owner]}, due {formatDate(dueOn)}
      , {actionStateWords[state].toLowerCase()}.
    </ConflictNote>
  );
}
