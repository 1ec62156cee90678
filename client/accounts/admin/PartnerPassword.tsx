import { useState } from "react";
import { AskFirst } from "#client/accounts/admin/AskFirst.tsx";
import { changeAccount } from "#client/accounts/admin/admin-api.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { AccountReply } from "#core/accounts/wire/accounts.ts";

/** A partner has a phone with a PIN, or a passkey; a password only where it is asked for, and with a second person. */
export function PartnerPassword({ account }: { readonly account: AccountReply }) {
  const [isAsking, setAsking] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const { name, partnerPassword } = account;
  const turn = () => {
    setAsking(false);
    run(async () => {
      await changeAccount(account.id, { partnerPassword: !partnerPassword });
      showToast(
        partnerPassword
          ? `Password off for ${name}.`
          : `A second person must confirm the password for ${name}.`,
      );
    });
  };
  return (
    <>
      <p className="quiet small">
        {partnerPassword
          ? "Password on, once confirmed. On a new device, anyone who knows the sign-in name can make it wait. A phone with a PIN is safer."
          : "Signs in by phone and PIN, or by passkey. Passwords are off for this account."}
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="admin__actions">
        <Button disabled={isPending} onClick={() => setAsking(true)}>
          {partnerPassword ? "Turn password off" : "Allow a password"}
        </Button>
      </div>
      {isAsking ? (
        <AskFirst
          title={partnerPassword ? `Turn password off for ${name}?` : `Allow ${name} a password?`}
          yes={partnerPassword ? "Turn off" : "Allow"}
          onYes={turn}
          onNo={() => setAsking(false)}
        >
          {partnerPassword
            ? `The password or one-time secret stops working, and ${name} is signed out everywhere. Phones with a PIN and passkeys stay.`
            : "A phone with a PIN is safer: nobody who knows the sign-in name can make it wait. A second person must confirm the password before it works."}
        </AskFirst>
      ) : null}
    </>
  );
}
