import { useState } from "react";
import { AccountAccess } from "#client/admin/AccountAccess.tsx";
import { accountSettings, addAccount, addPartner, changeAccount } from "#client/admin/admin-api.ts";
import { anotherPartner, PartnerFields } from "#client/admin/PartnerFields.tsx";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { roleWords } from "#client/app/role-words.ts";
import { useSubmit } from "#client/app/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { type Role, roles } from "#core/model/role.ts";
import type { AccountReply, AccountsReply } from "#core/wire/accounts.ts";

export interface AccountDialogProps {
  /** Null: a new one. */
  readonly account: AccountReply | null;
  readonly reply: AccountsReply;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

/** One account: what its person may do, and below it, once it is there, how they get in. */
export function AccountDialog({ account, reply, onOpen, onClose }: AccountDialogProps) {
  const [name, setName] = useState("");
  const [shownName, setShownName] = useState(account?.shownName ?? "");
  const [role, setRole] = useState<Role>(account?.role ?? "sergeant");
  const [partner, setPartner] = useState(
    account?.partner ?? reply.partners[0]?.code ?? anotherPartner,
  );
  const [newPartner, setNewPartner] = useState("");
  const [lastDay, setLastDay] = useState(account?.lastDay ?? "");
  const [oidcName, setOidcName] = useState(account?.oidcName ?? "");
  const settings = useShared(accountSettings);
  const provider = hasValue(settings) ? settings.value.provider : null;
  const { fault, isPending, run } = useSubmit();
  const isNewPartner = role === "partner" && partner === anotherPartner;
  const save = async () => {
    const chosen = isNewPartner ? (await addPartner(newPartner)).code : partner;
    // Should the account itself be refused, the partner is there and chosen.
    setPartner(chosen);
    const wish = {
      shownName: shownName.trim() || null,
      role,
      partner: role === "partner" ? chosen : null,
      lastDay: lastDay || null,
      oidcName: oidcName.trim() || null,
    };
    if (account === null) {
      onOpen((await addAccount({ ...wish, name })).id);
      showToast(`${name} is added. Give the person a way to sign in.`);
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
          run(save);
        }}
      >
        {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
        {account === null ? (
          <TextField
            label="Sign-in name"
            value={name}
            onChange={setName}
            hint="2 to 64 letters and figures, such as j.hollis. It cannot be changed later."
          />
        ) : null}
        <TextField
          label="Name on screen"
          value={shownName}
          onChange={setShownName}
          hint="May be left empty."
        />
        <Select
          label="Role"
          value={role}
          options={roles.map((value) => ({ value, label: roleWords[value].name }))}
          onChange={setRole}
          hint={roleWords[role].comesTo}
          disabled={account?.isOwn}
        />
        {role === "partner" ? (
          <PartnerFields
            partners={reply.partners}
            chosen={partner}
            onChoose={setPartner}
            added={newPartner}
            onAdd={setNewPartner}
          />
        ) : null}
        <TextField
          label="Last day"
          type="date"
          value={lastDay}
          onChange={setLastDay}
          hint="The account ends with it; empty: no end."
        />
        {provider === null ? null : (
          <TextField
            label={`Name at ${provider}`}
            value={oidcName}
            onChange={setOidcName}
            hint="Letter by letter as it is there. At the first sign-in the person is bound to it."
          />
        )}
        {account === null ? null : (
          <p className="quiet small">
            Another role, partner or name at the provider signs the person out at once.
          </p>
        )}
        <div className="admin__actions">
          <Button look="filled" type="submit" disabled={isPending}>
            {account === null ? "Add" : "Save"}
          </Button>
        </div>
      </form>
      {account === null ? null : <AccountAccess account={account} />}
    </Dialog>
  );
}
