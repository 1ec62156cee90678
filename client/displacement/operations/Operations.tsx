import { Suspense } from "react";
import { OperationList } from "#client/displacement/operations/OperationList.tsx";
import { editOperation, operationEditor } from "#client/displacement/operations/operation-draft.ts";
import { operations } from "#client/displacement/operations/operations-api.ts";
import { places } from "#client/places/places.ts";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { OperationsReply } from "#core/displacement/wire/operations.ts";
import "#client/displacement/operations/operations.css";

// Includes a map the list need not wait for.
const OperationEditor = lazily(
  async () => (await import("#client/displacement/operations/OperationEditor.tsx")).OperationEditor,
);

export function Operations() {
  const edited = useStore(address, ({ params }) => params["edit"] ?? null);
  return (
    <Kept of={operations} skeleton={<Skeleton fill />}>
      {(reply) => {
        if (edited === null) return <OperationsList {...reply} />;
        const operation = reply.operations.find(({ id }) => String(id) === edited) ?? null;
        if (edited !== "new" && operation === null) return <NoSuch id={edited} />;
        return (
          <Kept of={places} skeleton={<Skeleton fill />}>
            {(base) => (
              <Suspense fallback={<Skeleton fill />}>
                <OperationEditor
                  key={edited}
                  operation={operation}
                  operations={reply.operations}
                  places={base}
                />
              </Suspense>
            )}
          </Kept>
        );
      }}
    </Kept>
  );
}

function OperationsList({ operations: all, released }: OperationsReply) {
  const add = (
    <Button look="filled" icon="plus" onClick={() => editOperation("new")}>
      Add an operation
    </Button>
  );
  if (all.length === 0) {
    return (
      <EmptyState title="No operation yet" action={add}>
        An operation is a treated area with a start date. Once it starts, its before and after are
        compared, boundary by boundary.
      </EmptyState>
    );
  }
  return (
    <div className="operations stack gap-4 pad-4">
      <header className="row wrap middle between gap-3">
        <p>An operation is a treated area with a start date. Every version is kept.</p>
        {add}
      </header>
      <OperationList operations={all} released={released} />
    </div>
  );
}

/** Deleted meanwhile, or a link to another database; what was typed is not lost. */
function NoSuch({ id }: { readonly id: string }) {
  const isTyped = useStore(operationEditor.typed, (all) => all[id] !== undefined);
  const addAnew = () => {
    operationEditor.makeNew(id);
    editOperation("new");
  };
  return (
    <EmptyState
      title="Operation not found"
      action={
        <div className="row wrap middle gap-2">
          <Button onClick={() => editOperation(null)}>All operations</Button>
          {isTyped ? (
            <Button look="filled" onClick={addAnew}>
              Save my text as a new operation
            </Button>
          ) : null}
        </div>
      }
    >
      It was deleted, or the link is from another database.
    </EmptyState>
  );
}
