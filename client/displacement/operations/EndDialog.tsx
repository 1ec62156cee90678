import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { endOperation } from "#client/displacement/operations/operations-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDate } from "#client/ui/format.ts";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { OperationReply } from "#core/displacement/wire/operations.ts";

/** Gives an operation its last day. */
export function EndDialog({
  operation,
  onClose,
}: {
  readonly operation: OperationReply;
  readonly onClose: () => void;
}) {
  const { asAt } = useSession();
  const [endsOn, setEndsOn] = useState(asAt < operation.startsOn ? operation.startsOn : asAt);
  const { fault, isPending, run } = useSubmit();
  const end = () =>
    run(async () => {
      await endOperation(operation, endsOn);
      showToast(`${operation.name} ends on ${formatDate(endsOn)}`);
      onClose();
    });
  return (
    <Dialog
      title={`End ${operation.name}`}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="filled" disabled={isPending || endsOn === ""} onClick={end}>
            End it
          </Button>
        </>
      }
    >
      <TextField
        label="Last day"
        type="date"
        value={endsOn}
        min={operation.startsOn}
        hint="A phase that goes on longer ends with it. What it was before stays on record."
        onChange={setEndsOn}
      />
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </Dialog>
  );
}
