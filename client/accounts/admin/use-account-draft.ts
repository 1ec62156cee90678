import { useState } from "react";
import { anotherPartner } from "#client/accounts/admin/PartnerFields.tsx";
import type { AccountReply, AccountsReply } from "#core/accounts/wire/accounts.ts";
import type { Role } from "#core/role.ts";

/** What the form holds of an account: as it is, or as a new one begins. */
export function useAccountDraft(
  account: AccountReply | null,
  { partners, neighbours }: AccountsReply,
) {
  const [draft, setDraft] = useState(() => ({
    name: "",
    shownName: account?.shownName ?? "",
    role: account?.role ?? ("sergeant" satisfies Role),
    partner: account?.partner ?? partners[0]?.code ?? anotherPartner,
    newPartner: "",
    neighbour: account?.neighbour ?? neighbours[0] ?? "",
    lastDay: account?.lastDay ?? "",
    oidcName: account?.oidcName ?? "",
  }));
  return {
    draft,
    change: (part: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...part })),
    isNewPartner: draft.role === "partner" && draft.partner === anotherPartner,
  };
}

export type AccountDraft = ReturnType<typeof useAccountDraft>["draft"];

/** What is asked of the server; all but the sign-in name, which a new account has alone. */
export function wishOf(draft: AccountDraft) {
  const { shownName, role, partner, neighbour, lastDay, oidcName } = draft;
  return {
    shownName: shownName.trim() || null,
    role,
    partner: role === "partner" ? partner : null,
    neighbour: role === "liaison" ? neighbour : null,
    lastDay: lastDay || null,
    oidcName: oidcName.trim() || null,
  };
}
