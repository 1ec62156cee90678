import { useState } from "react";
import { useSubmit } from "#client/api/use-submit.ts";
import { correctTally, tallies } from "#client/outcomes/outcomes-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDateRange } from "#client/ui/format.ts";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { readTallyValue } from "#core/outcomes/tally-value.ts";
import {
  type StoredTallyReply,
  type TallyReason,
  tallyReasons,
} from "#core/outcomes/wire/tallies.ts";

const reasons = Object.entries(tallyReasons).map(([value, label]) => ({
  value: value as TallyReason,
  label,
}));

/** Another value with a reason, or none any more; what it was stays in its history. */
export function CorrectDialog(props: {
  readonly tally: StoredTallyReply;
  readonly onClose: () => void;
}) {
  const { tally, onClose } = props;
  const [text, setText] = useState(tally.value === null ? "" : String(tally.value));
  const [reason, setReason] = useState<TallyReason>("mistyped");
  const { fault, isPending, run } = useSubmit();
  const read = text.trim() === "" ? null : readTallyValue(text);
  const send = (value: string | null) =>
    run(async () => {
      tallies.accept(await correctTally(tally.id, { revision: tally.revision, value, reason }));
      showToast(
        value === null
          ? "Withdrawn; its history stays"
          : "Corrected; what it was stays in its history",
      );
      onClose();
    });
  return (
    <Dialog
      title="Correct a total"
      onClose={onClose}
      actions={
        <>
          {tally.value === null ? null : (
            <Button disabled={isPending} onClick={() => send(null)}>
              Withdraw it
            </Button>
          )}
          <Button
            look="filled"
            disabled={isPending || read?.ok !== true}
            onClick={() => send(text)}
          >
            Save
          </Button>
        </>
      }
    >
      <p>
        {tally.label}, {formatDateRange(tally.from, tally.to)}
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <TextField
        label="Total"
        value={text}
        onChange={setText}
        error={read?.ok === false ? read.reason : undefined}
      />
      <Select label="Why" value={reason} options={reasons} onChange={setReason} />
      {tally.value === null ? null : (
        <p className="quiet small">
          A total that is withdrawn keeps its days in what may leave: another of the same kind over
          any of them is not given, so that no two can be taken from each other. Typed anew, it
          stands in its old place.
        </p>
      )}
    </Dialog>
  );
}
