import { useState } from "react";
import { type ApiError, errorFromFailure } from "#client/api/api-error.ts";
import { Question } from "#client/ui/Question.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { importProfileName } from "#core/records/wire/import-profile.ts";

export interface NameDialogProps {
  readonly title: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly first: string;
  readonly act: string;
  readonly actTaken?: string;
  /** No error while empty. */
  readonly mayBeEmpty?: true;
  /** Errors thrown are shown beside the field. */
  readonly onName: (name: string, isTaken: boolean) => Promise<void>;
  readonly onClose: () => void;
}

export function NameDialog(props: NameDialogProps) {
  const { title, label, hint, first, act, actTaken = act, onName, onClose } = props;
  const [name, setName] = useState(first);
  const [fault, setFault] = useState<ApiError | null>(null);
  const checked = importProfileName.safeParse(name);
  const isTaken = fault?.status === 409;
  const send = () => {
    if (!checked.success) return;
    onName(checked.data, isTaken).catch((cause: unknown) => setFault(errorFromFailure(cause)));
  };
  const isQuiet = checked.success || (props.mayBeEmpty && name === "");
  const wrong = isQuiet ? undefined : checked.error.issues[0]?.message;
  return (
    <Question
      title={title}
      yes={isTaken ? actTaken : act}
      isDisabled={!checked.success}
      onYes={send}
      onNo={onClose}
    >
      <TextField
        label={label}
        value={name}
        hint={hint}
        error={wrong ?? (fault ? `${fault.title}. ${fault.detail}` : undefined)}
        onChange={(next) => {
          setName(next);
          setFault(null);
        }}
      />
    </Question>
  );
}
