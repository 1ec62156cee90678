import { useSubmit } from "#client/api/use-submit.ts";
import { dropDraft } from "#client/displacement/operations/draft-store.ts";
import { deleteOperation } from "#client/displacement/operations/operations-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { OperationReply } from "#core/displacement/wire/operations.ts";

/** Deletes an operation that nothing refers to; otherwise says why not, and what to do instead. */
export function DeleteDialog({
  operation,
  onClose,
}: {
  readonly operation: OperationReply;
  readonly onClose: () => void;
}) {
  const { fault, isPending, run } = useSubmit();
  const remove = () =>
    run(async () => {
      await deleteOperation(operation);
      dropDraft(`${operation.id}`);
      showToast(`${operation.name} is deleted`);
      onClose();
    });
  return (
    <Dialog
      title={`Delete ${operation.name}?`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Keep it</Button>
          <Button look="filled" disabled={isPending} onClick={remove}>
            Delete it
          </Button>
        </>
      }
    >
      <p>
        It goes with its history. That is for one that was made by mistake: an operation that took
        place is ended, not deleted.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </Dialog>
  );
}
