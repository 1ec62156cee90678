import { PartnerFields } from "#client/accounts/admin/PartnerFields.tsx";
import type { AccountDraft } from "#client/accounts/admin/use-account-draft.ts";
import { roleWords } from "#client/accounts/role-words.ts";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { AccountReply, AccountsReply } from "#core/accounts/wire/accounts.ts";
import { roles } from "#core/role.ts";

export interface AccountFieldsProps {
  readonly account: AccountReply | null;
  readonly draft: AccountDraft;
  readonly partners: AccountsReply["partners"];
  readonly neighbours: AccountsReply["neighbours"];
  /** What the identity provider is called, where one is set. */
  readonly provider: string | null;
  readonly onChange: (part: Partial<AccountDraft>) => void;
}

/** Who the person is here, what they may do, and until when. */
export function AccountFields(props: AccountFieldsProps) {
  const { account, draft, partners, provider, onChange } = props;
  return (
    <>
      {account === null ? (
        <TextField
          label="Sign-in name"
          value={draft.name}
          onChange={(name) => onChange({ name })}
          hint="2 to 64 letters and figures, such as j.hollis. It cannot be changed later."
        />
      ) : null}
      <TextField
        label="Name on screen"
        value={draft.shownName}
        onChange={(shownName) => onChange({ shownName })}
        hint="May be left empty."
      />
      <Select
        label="Role"
        value={draft.role}
        options={roles.map((value) => ({ value, label: roleWords[value].name }))}
        onChange={(role) => onChange({ role })}
        hint={roleWords[draft.role].comesTo}
        disabled={account?.isOwn}
      />
      {draft.role === "partner" ? (
        <PartnerFields
          partners={partners}
          chosen={draft.partner}
          onChoose={(partner) => onChange({ partner })}
          added={draft.newPartner}
          onAdd={(newPartner) => onChange({ newPartner })}
        />
      ) : null}
      {draft.role === "liaison" ? (
        <Select
          label="Neighbouring command"
          value={draft.neighbour}
          options={props.neighbours.map((name) => ({ value: name, label: name }))}
          onChange={(neighbour) => onChange({ neighbour })}
          hint="The person sees figures of the edge to this neighbour alone, while an agreement is in force."
        />
      ) : null}
      <TextField
        label="Last day"
        type="date"
        value={draft.lastDay}
        onChange={(lastDay) => onChange({ lastDay })}
        hint="The account ends with it; empty: no end."
      />
      {provider === null ? null : (
        <TextField
          label={`Name at ${provider}`}
          value={draft.oidcName}
          onChange={(oidcName) => onChange({ oidcName })}
          hint="Letter by letter as it is there. At the first sign-in the person is bound to it."
        />
      )}
    </>
  );
}
