import { useState } from "react";
import { AccountAccess } from "#client/accounts/admin/AccountAccess.tsx";
import { AccountFields } from "#client/accounts/admin/AccountFields.tsx";
import { AskFirst } from "#client/accounts/admin/AskFirst.tsx";
import {
  accountSettings,
  addAccount,
  addPartner,
  changeAccount,
} from "#client/accounts/admin/admin-api.ts";
import { useAccountDraft, wishOf } from "#client/accounts/admin/use-account-draft.ts";
import { afterChange } from "#client/accounts/admin/what-follows.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { needsSecondPerson } from "#core/accounts/second-person.ts";
import type { AccountReply, AccountsReply } from "#core/accounts/wire/accounts.ts";

export interface AccountDialogProps {
  /** Null: a new one. */
  readonly account: AccountReply | null;
  readonly reply: AccountsReply;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** One account: what its person may do, and below it, once it is there, how they get in. */
export function AccountDialog({ account, reply, onOpen, onClose }: AccountDialogProps) {
  const { draft, change, isNewPartner } = useAccountDraft(account, reply);
  const settings = useShared(accountSettings);
  const follows = useWhatFollows(account, draft);
  const [isAsking, setAsking] = useState(false);
  const { fault, isPending, run } = useSubmit();
  const save = async () => {
    setAsking(false);
    const partner = isNewPartner ? (await addPartner(draft.newPartner)).code : draft.partner;
    // Should the account itself be refused, the partner is there and chosen.
    change({ partner });
    const wish = wishOf({ ...draft, partner });
    if (account === null) {
      onOpen((await addAccount({ ...wish, name: draft.name })).id);
      const waits = needsSecondPerson(draft.role)
        ? " Nobody signs in by it before a second person has confirmed it."
        : "";
      showToast(`${draft.name} is added. Give the person a way to sign in.${waits}`);
    } else {
      await changeAccount(account.id, wish);
      showToast(`${account.name} is changed.`);
      onClose();
    }
  };
  return (
    <Dialog title={account === null ? "Add an account" : account.name} onClose={onClose}>
      <form
        className="admin__form"
        aria-label="Account"
        onSubmit={(event) => {
          event.preventDefault();
          if (follows === null) run(save);
          else setAsking(true);
        }}
      >
        {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
        <AccountFields
          account={account}
          draft={draft}
          partners={reply.partners}
          neighbours={reply.neighbours}
          provider={hasValue(settings) ? settings.value.provider : null}
          onChange={change}
        />
        <div className="admin__actions">
          <Button look="filled" type="submit" disabled={isPending}>
            {account === null ? "Add" : "Save"}
          </Button>
        </div>
      </form>
      {account === null ? null : <AccountAccess account={account} />}
      {isAsking && account !== null && follows !== null ? (
        <AskFirst
          title={`Change ${account.name}?`}
          yes="Save and sign out"
          onYes={() => run(save)}
          onNo={() => setAsking(false)}
        >
          {follows}
        </AskFirst>
      ) : null}
    </Dialog>
  );
}

/** An account ends by the clock, also where the tool treats another day as today. */
function useWhatFollows(account: AccountReply | null, draft: Parameters<typeof wishOf>[0]) {
  const { timeZone } = useSession();
  const today = zoneNamed(timeZone).dateOf(Date.now());
  return account && afterChange(account, wishOf(draft), today);
}
