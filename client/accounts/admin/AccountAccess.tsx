import { useState } from "react";
import { AskFirst } from "#client/accounts/admin/AskFirst.tsx";
import {
  afterDisabling,
  afterPassword,
  afterSecret,
  signsInBy,
  stateOf,
} from "#client/accounts/admin/account-words.ts";
import {
  changeAccount,
  newDeviceLink,
  newSecret,
  setPassword,
  takeDevicesAway,
} from "#client/accounts/admin/admin-api.ts";
import { PartnerPassword } from "#client/accounts/admin/PartnerPassword.tsx";
import { DeviceLinkNote } from "#client/accounts/DeviceLinkNote.tsx";
import { askToClear } from "#client/accounts/second-factor/second-factor-api.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { CredentialField } from "#client/ui/CredentialField.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { passwordFault } from "#core/accounts/password.ts";
import type { AccountReply, SetUpSecret } from "#core/accounts/wire/accounts.ts";
import type { DeviceLinkReply } from "#core/accounts/wire/devices.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";

/** How the person gets in: a one-time secret, a typed password, or not at all. */
export function AccountAccess({ account }: { readonly account: AccountReply }) {
  const [secret, setSecret] = useState<SetUpSecret | null>(null);
  const { fault, isPending, run } = useSubmit();
  const [asked, setAsked] = useState<"disable" | "secret" | null>(null);
  const mayPassword = account.role !== "partner" || account.partnerPassword;
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
            Shown once only. Hand it over yourself. The person uses it to set a password{" "}
            {secret.waits
              ? "within three days of a second person confirming it."
              : `until ${formatDay(secret.until.slice(0, 10))} ${secret.until.slice(11, 16)}.`}
          </span>
        </p>
      )}
      <div className="admin__actions">
        {mayPassword ? (
          <Button
            disabled={isPending}
            onClick={() => (afterSecret(account) === null ? drawSecret() : setAsked("secret"))}
          >
            {account.hasPassword
              ? "Replace the password with a one-time secret"
              : "One-time secret"}
          </Button>
        ) : null}
        <Button
          disabled={isPending}
          onClick={() => (isDisabled ? setDisabled(false) : setAsked("disable"))}
        >
          {isDisabled ? "Enable" : "Disable and sign out"}
        </Button>
      </div>
      {account.role === "partner" ? (
        <>
          <AccountPhones account={account} />
          <PartnerPassword account={account} />
        </>
      ) : null}
      <AccountSecondFactor account={account} />
      {mayPassword ? <TypedPassword account={account} /> : null}
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
          {afterSecret(account)} Be ready to hand over the new one. It is shown once only.
        </AskFirst>
      ) : null}
    </section>
  );
}

/** The way back of somebody who lost phone, passkey and codes: asked here, confirmed by another person. */
function AccountSecondFactor({ account }: { readonly account: AccountReply }) {
  const [isAsking, setAsking] = useState(false);
  const { fault, isPending, run } = useSubmit();
  if (!account.hasSecondFactor) return null;
  const ask = () => {
    setAsking(false);
    run(async () => {
      await askToClear(account.id);
      showToast(
        `Request sent. Another administrator, an auditor or the coordinator must confirm it.`,
      );
    });
  };
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="admin__actions">
        <Button disabled={isPending} onClick={() => setAsking(true)}>
          Request second factor reset
        </Button>
      </div>
      {isAsking ? (
        <AskFirst
          title={`Request a second factor reset for ${account.name}?`}
          yes="Send request"
          onYes={ask}
          onNo={() => setAsking(false)}
        >
          For someone who has lost their phone, passkey and recovery codes. Nothing changes until
          another person confirms it. Then {account.name} is signed out, can sign in with a password
          alone, and is told who asked and who confirmed.
        </AskFirst>
      ) : null}
    </>
  );
}

/** A partner signs in on a phone: by a link once, by a PIN from then on. */
function AccountPhones({ account }: { readonly account: AccountReply }) {
  const [link, setLink] = useState<DeviceLinkReply | null>(null);
  const [isAsking, setAsking] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const takeAway = () => {
    setAsking(false);
    run(async () => {
      const phones = await takeDevicesAway(account.id);
      showToast(`${formatQuantity(phones, "phone")} removed from ${account.name}.`);
    });
  };
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="admin__actions">
        <Button
          disabled={isPending || account.state !== "in use"}
          onClick={() => run(async () => setLink(await newDeviceLink(account.id)))}
        >
          Link to set up a phone
        </Button>
        <Button disabled={isPending} onClick={() => setAsking(true)}>
          Remove all phones
        </Button>
      </div>
      {link ? <DeviceLinkNote made={link} onClose={() => setLink(null)} /> : null}
      {isAsking ? (
        <AskFirst
          title={`Remove all phones of ${account.name}?`}
          yes="Remove phones"
          onYes={takeAway}
          onNo={() => setAsking(false)}
        >
          They stop working at once, and so does any link already given out. A password stays.
        </AskFirst>
      ) : null}
    </>
  );
}

/** Where a one-time secret cannot be handed over: a password that the administrator chooses. */
function TypedPassword({ account }: { readonly account: AccountReply }) {
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
          Set a password for this person
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
          hint="At least 12 characters. A one-time secret is safer: you never see the password."
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
          title={`Change the password of ${account.name}?`}
          yes="Change password"
          onYes={store}
          onNo={() => setAsking(false)}
        >
          {follows}
        </AskFirst>
      ) : null}
    </>
  );
}
