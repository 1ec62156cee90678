import { useState } from "react";
import { AskFirst } from "#client/accounts/admin/AskFirst.tsx";
import { askToClear } from "#client/accounts/second-factor/second-factor-api.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { AccountReply } from "#core/accounts/wire/accounts.ts";

/** The way back of somebody who lost phone, passkey and codes: asked here, confirmed by another person. */
export function AccountSecondFactor({ account }: { readonly account: AccountReply }) {
  const [isAsking, setAsking] = useState(false);
  const { fault, isPending, run } = useSubmit();
  if (!account.hasSecondFactor) return null;
  const ask = () => {
    setAsking(false);
    run(async () => {
      await askToClear(account.id);
      showToast(`Asked. Another administrator, an auditor or the coordinator confirms it.`);
    });
  };
  return (
    <>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div className="admin__actions">
        <Button disabled={isPending} onClick={() => setAsking(true)}>
          Ask to clear the second factor
        </Button>
      </div>
      {isAsking ? (
        <AskFirst
          title={`Ask to clear the second factor of ${account.name}?`}
          yes="Ask"
          onYes={ask}
          onNo={() => setAsking(false)}
        >
          For somebody who lost phone, passkey and recovery codes. Nothing changes until another
          person confirms it. Then {account.name} is signed out, signs in by password alone, and is
          told who asked and who confirmed.
        </AskFirst>
      ) : null}
    </>
  );
}
