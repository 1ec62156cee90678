import { useState } from "react";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { saveProfile } from "#client/records/import-profiles.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { SavedReading } from "#core/records/saved-profile.ts";
import { importProfileName } from "#core/records/wire/import-profile.ts";

export interface SaveProfileProps {
  readonly reading: SavedReading;
  /** The profile that the file was read by, to be saved over. */
  readonly current: string | null;
  readonly onSaved: (name: string) => void;
}

/** Keeps the reading of this file under a name, for the next file of the same system. */
export function SaveProfile({ reading, current, onSaved }: SaveProfileProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Save this reading…</Button>
      {isOpen ? (
        <SaveDialog
          reading={reading}
          current={current}
          onClose={() => setOpen(false)}
          onSaved={(name) => {
            setOpen(false);
            showToast(`Saved as ${name}`);
            onSaved(name);
          }}
        />
      ) : null}
    </>
  );
}

function SaveDialog({
  reading,
  current,
  onClose,
  onSaved,
}: SaveProfileProps & { readonly onClose: () => void }) {
  const [name, setName] = useState(current ?? "");
  const [fault, setFault] = useState<ApiError | null>(null);
  const checked = importProfileName.safeParse(name);
  const isTaken = fault?.status === 409;
  const save = async () => {
    if (!checked.success) return;
    try {
      const replace = isTaken || checked.data === current;
      onSaved(await saveProfile({ name: checked.data, reading, replace }));
    } catch (cause) {
      setFault(errorFromFailure(cause));
    }
  };
  const wrong = name === "" || checked.success ? undefined : checked.error.issues[0]?.message;
  return (
    <Dialog
      title="Save this reading"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>Not now</Button>
          <Button look="filled" disabled={!checked.success} onClick={() => void save()}>
            {isTaken ? "Save over it" : "Save"}
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        hint="The next file with these headings is read the same way. Headings, roles and words are kept, no row."
        error={wrong ?? (fault ? `${fault.title}. ${fault.detail}` : undefined)}
        onChange={(next) => {
          setName(next);
          setFault(null);
        }}
      />
    </Dialog>
  );
}
