import { useState } from "react";
import { AccountPhones } from "#client/accounts/admin/AccountPhones.tsx";
import { AccountSecondFactor } from "#client/accounts/admin/AccountSecondFactor.tsx";
import { AskFirst } from "#client/accounts/admin/AskFirst.tsx";
import { signsInBy, stateOf } from "#client/accounts/admin/account-words.ts";
import { changeAccount, newSecret } from "#client/accounts/admin/admin-api.ts";
import { TypedPassword } from "#client/accounts/admin/TypedPassword.tsx";
import { afterDisabling, afterSecret } from "#client/accounts/admin/what-follows.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatDay } from "#client/ui/format.ts";
import type { AccountReply, SetUpSecret } from "#core/accounts/wire/accounts.ts";

/** How the person gets in: a one-time secret, a typed password, or not at all. */
export function AccountAccess({ account }: { readonly account: AccountReply }) {
  const [secret, setSecret] = useState<SetUpSecret | null>(null);
  const { fault, isPending, run } = useSubmit();
  const [asked, setAsked] = useState<"disable" | "secret" | null>(null);
  const isDisabled = account.state === "disabled";
  const drawSecret = () => {
    setAsked(null);
    run(async () => setSecret(await newSecret(account.id)));
  };
  const setDisabled = (disabled: boolean) => {
    setAsked(null);
    run(() => changeAccount(account.id, { disabled }));
  };
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
            Shown this once. Hand it over yourself; with it the person sets a password{" "}
            {secret.waits
              ? "once a second person has confirmed it, within three days from then."
              : `until ${formatDay(secret.until.slice(0, 10))} ${secret.until.slice(11, 16)}.`}
          </span>
        </p>
      )}
      <div className="admin__actions">
        <Button
          disabled={isPending}
          onClick={() => (afterSecret(account) === null ? drawSecret() : setAsked("secret"))}
        >
          {account.hasPassword ? "Replace the password by a one-time secret" : "One-time secret"}
        </Button>
        <Button
          disabled={isPending}
          onClick={() => (isDisabled ? setDisabled(false) : setAsked("disable"))}
        >
          {isDisabled ? "Enable" : "Disable and sign out"}
        </Button>
      </div>
      {account.role === "partner" ? <AccountPhones account={account} /> : null}
      <AccountSecondFactor account={account} />
      <TypedPassword account={account} />
      {asked === "disable" ? (
        <AskFirst
          title={`Disable ${account.name}?`}
          yes="Disable and sign out"
          onYes={() => setDisabled(true)}
          onNo={() => setAsked(null)}
        >
          {afterDisabling(account)}
        </AskFirst>
      ) : null}
      {asked === "secret" ? (
        <AskFirst
          title={`Give ${account.name} a new one-time secret?`}
          yes="Show a secret"
          onYes={drawSecret}
          onNo={() => setAsked(null)}
        >
          {afterSecret(account)} Be ready to hand the new one over: it is shown this once.
        </AskFirst>
      ) : null}
    </section>
  );
}
