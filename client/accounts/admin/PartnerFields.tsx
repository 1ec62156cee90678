import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { AccountsReply } from "#core/accounts/wire/accounts.ts";

/** The choice that is no partner yet: no code of a partner has a plus sign. */
export const anotherPartner = "+";

export interface PartnerFieldsProps {
  readonly partners: AccountsReply["partners"];
  /** A code, or `anotherPartner`. */
  readonly chosen: string;
  readonly onChoose: (code: string) => void;
  /** The name of the one to be added. */
  readonly added: string;
  readonly onAdd: (name: string) => void;
}

/** Whose sessions a partner's account sees and writes: one that is there, or a new one by its name. */
export function PartnerFields({ partners, chosen, onChoose, added, onAdd }: PartnerFieldsProps) {
  return (
    <>
      <Select
        label="Outreach partner"
        value={chosen}
        options={[
          ...partners.map(({ code, name }) => ({ value: code, label: name })),
          { value: anotherPartner, label: "Another one, to be added" },
        ]}
        onChange={onChoose}
        hint="The person sees and writes the sessions of this partner alone."
      />
      {chosen === anotherPartner ? (
        <TextField
          label="Name of the new outreach partner"
          value={added}
          onChange={onAdd}
          hint="No patrols are suggested until it has confirmed its times."
        />
      ) : null}
    </>
  );
}
