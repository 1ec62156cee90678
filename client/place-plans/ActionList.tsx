import "#client/ui/table.css";
import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { ActionForm } from "#client/place-plans/ActionForm.tsx";
import { askActions } from "#client/place-plans/place-plans-api.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { type ActionState, actionStateWords, ownerWords } from "#core/place-plans/action.ts";
import {
  type PlaceActionReply,
  type PlaceActionsReply,
  type PlacePlanReply,
  placePlanCalls,
} from "#core/place-plans/wire/place-plans.ts";
import { formatDate } from "#core/time/words.ts";

export interface ActionListProps {
  readonly actions: PlaceActionsReply;
  readonly plans: readonly PlacePlanReply[];
  /** Of one plan alone; null for all. */
  readonly planId: number | null;
}

/** Overdue actions are marked, done ones come last. */
export function ActionList({ actions, plans, planId }: ActionListProps) {
  const { role } = useSession();
  const [form, setForm] = useState<number | "new" | null>(null);
  // Looked up each time, so an open form sees others' changes.
  const edited = actions.actions.find(({ id }) => id === form) ?? null;
  const shown = actions.actions.filter((action) => planId === null || action.planId === planId);
  return (
    <section className="stack gap-2 shrinks" aria-label="Place actions">
      <header className="row wrap middle between gap-3">
        <h3>Place actions</h3>
        {role === "auditor" ? null : (
          <Button icon="plus" className="no-print" onClick={() => setForm("new")}>
            Add an action
          </Button>
        )}
      </header>
      <p className="quiet small">
        Each action belongs to an office, never a person. The coordinator owns the list. Police can
        change actions of neighbourhood policing.
      </p>
      {shown.length === 0 ? (
        <p className="quiet">No actions yet.</p>
      ) : (
        <ActionTable
          actions={shown}
          showsPlan={planId === null}
          onChange={({ id }) => setForm(id)}
        />
      )}
      {form === "new" || edited ? (
        <ActionForm
          key={form}
          action={edited}
          plans={plans}
          planId={planId}
          packId={null}
          asAt={actions.asAt}
          onClose={() => setForm(null)}
        />
      ) : null}
    </section>
  );
}

interface TableProps {
  readonly actions: readonly PlaceActionReply[];
  readonly showsPlan: boolean;
  readonly onChange: (action: PlaceActionReply) => void;
}

function ActionTable({ actions, showsPlan, onChange }: TableProps) {
  const { fault, isPending, run } = useSubmit();
  const hasOwn = actions.some(({ isOwn }) => isOwn);
  const set = (action: PlaceActionReply, state: ActionState) =>
    run(async () => {
      await setState(action, state);
      showToast(state === "open" ? "Reopened" : `${actionStateWords[state]}. Undo reopens it.`);
    });
  return (
    <section
      className="place-actions__scroll scroll-x"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by key.
      tabIndex={0}
      aria-label="List of place actions"
    >
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <table className="table">
        <caption className="visually-hidden">Place actions by due date</caption>
        <thead>
          <tr>
            <th scope="col">Action</th>
            <th scope="col">Office</th>
            <th scope="col">Due</th>
            {hasOwn ? (
              <th scope="col" className="no-print">
                Change
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {actions.map((action) => (
            <tr key={action.id} className={action.state === "open" ? undefined : "quiet"}>
              <td>
                {action.words}
                <ActionNote action={action} showsPlan={showsPlan} />
              </td>
              <td>{ownerWords[action.owner]}</td>
              <td>
                {dueWords(action)}
                {action.isOverdue ? <strong className="place-actions__late">Overdue</strong> : null}
              </td>
              {hasOwn ? (
                <td className="no-print">
                  {action.isOwn ? (
                    <span className="row wrap end gap-2">
                      {action.state === "open" ? (
                        <>
                          <Button disabled={isPending} onClick={() => set(action, "done")}>
                            Done
                          </Button>
                          <Button look="quiet" onClick={() => onChange(action)}>
                            Change
                          </Button>
                        </>
                      ) : (
                        <Button
                          look="quiet"
                          disabled={isPending}
                          onClick={() => set(action, "open")}
                        >
                          Reopen
                        </Button>
                      )}
                    </span>
                  ) : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function ActionNote({
  action,
  showsPlan,
}: {
  readonly action: PlaceActionReply;
  readonly showsPlan: boolean;
}) {
  const parts = [
    showsPlan ? action.plan : null,
    action.meeting === null ? null : `decided at the meeting of pack ${action.meeting}`,
  ].filter((part) => part !== null);
  return parts.length > 0 ? (
    <span className="place-actions__note small quiet">{parts.join("; ")}</span>
  ) : null;
}

function dueWords({ state, dueOn, closedOn }: PlaceActionReply): string {
  if (state === "open" || closedOn === null) return formatDate(dueOn);
  return `${actionStateWords[state]} ${formatDate(closedOn)}`;
}

/** Undo works at whatever revision the action then has. */
async function setState(action: PlaceActionReply, state: ActionState): Promise<void> {
  let { revision } = action;
  const { words, owner, dueOn } = action;
  const put = async (to: ActionState) => {
    const body = { words, owner, dueOn, state: to, revision };
    ({ revision } = await askActions(placePlanCalls.changeAction, { id: action.id, body }));
  };
  await put(state);
  undoHistory.remember({
    name: `mark an action as ${state}`,
    undo: () => put(action.state),
    redo: () => put(state),
  });
}
