import { useState } from "react";
import { AskFirst } from "#client/accounts/admin/AskFirst.tsx";
import { setPassword } from "#client/accounts/admin/admin-api.ts";
import { afterPassword } from "#client/accounts/admin/what-follows.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { passwordFault } from "#core/accounts/password.ts";
import type { AccountReply } from "#core/accounts/wire/accounts.ts";

/** Where a one-time secret cannot be handed over: a password that the administrator chooses. */
export function TypedPassword({ account }: { readonly account: AccountReply }) {
  const [isOpen, setOpen] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [password, setTyped] = useState("");
  const { fault, isPending, run } = useSubmit();
  const unfit = password === "" ? null : passwordFault(password, account.name);
  const follows = afterPassword(account);
  const store = () => {
    setAsking(false);
    run(async () => {
      await setPassword(account.id, password);
      setOpen(false);
      setTyped("");
      showToast(`${account.name} has a new password, and is signed out everywhere.`);
    });
  };
  if (!isOpen) {
    return (
      <div>
        <Button look="quiet" onClick={() => setOpen(true)}>
          Type a password for this person
        </Button>
      </div>
    );
  }
  return (
    <>
      <form
        className="admin__form"
        aria-label="New password"
        onSubmit={(event) => {
          event.preventDefault();
          if (unfit !== null) return;
          if (follows === null) store();
          else setAsking(true);
        }}
      >
        {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
        <CredentialField
          label="New password"
          kind="new-password"
          value={password}
          onChange={setTyped}
          hint="At least 12 characters. A one-time secret is better: then you never know it."
          error={unfit ?? undefined}
        />
        <div className="admin__actions">
          <Button type="submit" disabled={isPending}>
            Set password
          </Button>
        </div>
      </form>
      {isAsking && follows !== null ? (
        <AskFirst
          title={`Give ${account.name} another password?`}
          yes="Set it"
          onYes={store}
          onNo={() => setAsking(false)}
        >
          {follows}
        </AskFirst>
      ) : null}
    </>
  );
}
