import { useState } from "react";
import {
  afterDisabling,
  afterSecret,
  signsInBy,
  stateOf,
} from "#client/accounts/admin/account-words.ts";
import { acceptAccount, accounts } from "#client/accounts/admin/admin-api.ts";
import { DeviceLinkNote } from "#client/accounts/DeviceLinkNote.tsx";
import { reloadOpenings } from "#client/accounts/openings/openings-api.ts";
import { clearings } from "#client/accounts/second-factor/second-factor-api.ts";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { AskedButton } from "#client/ui/AskedButton.tsx";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatMoment } from "#client/ui/moment.ts";
import { showToast } from "#client/ui/toast-store.ts";
import { type AccountReply, accountCalls, type SetUpSecret } from "#core/accounts/wire/accounts.ts";
import { type DeviceLinkReply, deviceCalls } from "#core/accounts/wire/devices.ts";
import { clearingCalls } from "#core/accounts/wire/second-factor.ts";
import { formatQuantity } from "#core/text/numbers.ts";

interface OfAccount {
  readonly account: AccountReply;
}

export function AccountAccess({ account }: OfAccount) {
  const [secret, setSecret] = useState<SetUpSecret | null>(null);
  const { fault, isPending, run } = useSubmit();
  const { id, name } = account;
  const mayPassword = account.role !== "partner" || account.partnerPassword;
  const isDisabled = account.state === "disabled";
  const follows = afterSecret(account);
  if (account.isOwn) {
    return (
      <p className="quiet small">
        This is your own account: change your password from the menu under your name.
      </p>
    );
  }
  return (
    <section className="stack gap-3" aria-label="Signing in">
      <h3>Signing in</h3>
      <p>
        {stateOf(account)}. Signs in by {signsInBy(account)}.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {secret === null ? null : (
        <p className="admin__secret rounded stack gap-1 pad-3" role="status">
          <strong>{secret.secret}</strong>
          <span className="quiet small">
            Shown once only. Hand it over yourself. The person uses it to set a password{" "}
            {secret.waits
              ? "within three days of a second person confirming it."
              : `until ${formatMoment(secret.until)}.`}
          </span>
        </p>
      )}
      <div className="row wrap gap-2">
        {mayPassword ? (
          <AskedButton
            button={{
              disabled: isPending,
              children: account.hasPassword
                ? "Replace the password with a one-time secret"
                : "One-time secret",
            }}
            title={`Give ${name} a new one-time secret?`}
            yes="Show a secret"
            onYes={() =>
              run(async () => {
                setSecret(await ask(accountCalls.drawSecret, { id }));
                accounts.reload();
                reloadOpenings();
              })
            }
          >
            {follows && `${follows} Be ready to hand over the new one. It is shown once only.`}
          </AskedButton>
        ) : null}
        <AskedButton
          button={{ disabled: isPending, children: isDisabled ? "Enable" : "Disable and sign out" }}
          title={`Disable ${name}?`}
          yes="Disable and sign out"
          onYes={() =>
            run(() =>
              acceptAccount(ask(accountCalls.change, { id, body: { disabled: !isDisabled } })),
            )
          }
        >
          {isDisabled ? null : afterDisabling(account)}
        </AskedButton>
      </div>
      {account.role === "partner" ? (
        <>
          <AccountPhones account={account} />
          <PartnerPassword account={account} />
        </>
      ) : null}
      {account.hasSecondFactor ? <AccountSecondFactor account={account} /> : null}
    </section>
  );
}

/** Lost phone, passkey and codes: asked for here, confirmed by another person. */
function AccountSecondFactor({ account: { id, name } }: OfAccount) {
  const { fault, isPending, run } = useSubmit();
  const request = async () => {
    clearings.accept(await ask(clearingCalls.ask, { id }));
    showToast(
      "Request sent. Another administrator, an auditor or the coordinator must confirm it.",
    );
  };
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="row wrap gap-2">
        <AskedButton
          button={{ disabled: isPending, children: "Request second factor reset" }}
          title={`Request a second factor reset for ${name}?`}
          yes="Send request"
          onYes={() => run(request)}
        >
          For someone who has lost their phone, passkey and recovery codes. Nothing changes until
          another person confirms it. Then {name} is signed out, can sign in with a password alone,
          and is told who asked and who confirmed.
        </AskedButton>
      </div>
    </>
  );
}

function AccountPhones({ account: { id, name, state } }: OfAccount) {
  const [link, setLink] = useState<DeviceLinkReply | null>(null);
  const { fault, isPending, run } = useSubmit();
  const makeLink = async () => {
    setLink(await ask(deviceCalls.linkFor, { id }));
    reloadOpenings();
  };
  const takeAway = async () => {
    const { devices } = await ask(deviceCalls.takeAllAway, { id });
    showToast(`${formatQuantity(devices, "phone")} removed from ${name}.`);
  };
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="row wrap gap-2">
        <Button disabled={isPending || state !== "in use"} onClick={() => run(makeLink)}>
          Link to set up a phone
        </Button>
        <AskedButton
          button={{ disabled: isPending, children: "Remove all phones" }}
          title={`Remove all phones of ${name}?`}
          yes="Remove phones"
          onYes={() => run(takeAway)}
        >
          They stop working at once, and so does any link already given out. A password stays.
        </AskedButton>
      </div>
      {link ? <DeviceLinkNote made={link} onClose={() => setLink(null)} /> : null}
    </>
  );
}

/** A password only on request and with a second person; the rule is a PIN or a passkey. */
function PartnerPassword({ account: { id, name, partnerPassword } }: OfAccount) {
  const { fault, isPending, run } = useSubmit();
  const turn = async () => {
    const body = { partnerPassword: !partnerPassword };
    await acceptAccount(ask(accountCalls.change, { id, body }));
    showToast(
      partnerPassword
        ? `Password off for ${name}.`
        : `A second person must confirm the password for ${name}.`,
    );
  };
  return (
    <>
      <p className="quiet small">
        {partnerPassword
          ? "Password on, once confirmed. On a new device, anyone who knows the sign-in name can make it wait. A phone with a PIN is safer."
          : "Signs in by phone and PIN, or by passkey. Passwords are off for this account."}
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="row wrap gap-2">
        <AskedButton
          button={{
            disabled: isPending,
            children: partnerPassword ? "Turn password off" : "Allow a password",
          }}
          title={partnerPassword ? `Turn password off for ${name}?` : `Allow ${name} a password?`}
          yes={partnerPassword ? "Turn off" : "Allow"}
          onYes={() => run(turn)}
        >
          {partnerPassword
            ? `The password or one-time secret stops working, and ${name} is signed out everywhere. Phones with a PIN and passkeys stay.`
            : "A phone with a PIN is safer: nobody who knows the sign-in name can make it wait. A second person must confirm the password before it works."}
        </AskedButton>
      </div>
    </>
  );
}
