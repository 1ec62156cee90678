import { useState } from "react";
import { signsInBy, stateOf } from "#client/admin/account-words.ts";
import { changeAccount, newSecret, setPassword } from "#client/admin/admin-api.ts";
import { useSubmit } from "#client/app/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDay } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { passwordFault } from "#core/accounts/password.ts";
import type { AccountReply } from "#core/wire/accounts.ts";

/** How the person gets in: a one-time secret, a typed password, or not at all. */
export function AccountAccess({ account }: { readonly account: AccountReply }) {
  const [secret, setSecret] = useState<{ secret: string; until: string } | null>(null);
  const { fault, isPending, run } = useSubmit();
  const isDisabled = account.state === "disabled";
  if (account.isOwn) {
    return (
      <p className="quiet small">
        This is your own account: change your password from the menu under your name.
      </p>
    );
  }
  return (
    <section className="admin__form" aria-label="Signing in">
      <h3>Signing in</h3>
      <p>
        {stateOf(account)}. Signs in by {signsInBy(account)}.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {secret === null ? null : (
        <p className="admin__secret" role="status">
          <strong>{secret.secret}</strong>
          <span className="quiet small">
            Shown this once. Hand it over yourself; with it the person sets a password until{" "}
            {formatDay(secret.until.slice(0, 10))} {secret.until.slice(11, 16)}.
          </span>
        </p>
      )}
      <div className="admin__actions">
        <Button
          disabled={isPending}
          onClick={() => run(async () => setSecret(await newSecret(account.id)))}
        >
          {account.hasPassword ? "Replace the password by a one-time secret" : "One-time secret"}
        </Button>
        <Button
          disabled={isPending}
          onClick={() => run(() => changeAccount(account.id, { disabled: !isDisabled }))}
        >
          {isDisabled ? "Enable" : "Disable and sign out"}
        </Button>
      </div>
      <TypedPassword account={account} />
    </section>
  );
}

function TypedPassword({ account }: { readonly account: AccountReply }) {
  const [isOpen, setOpen] = useState(false);
  const [password, setTyped] = useState("");
  const { fault, isPending, run } = useSubmit();
  const unfit = password === "" ? null : passwordFault(password, account.name);
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
    <form
      className="admin__form"
      aria-label="New password"
      onSubmit={(event) => {
        event.preventDefault();
        if (unfit !== null) return;
        run(async () => {
          await setPassword(account.id, password);
          setOpen(false);
          setTyped("");
          showToast(`${account.name} has a new password, and is signed out everywhere.`);
        });
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
  );
}
