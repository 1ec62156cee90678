import { useState } from "react";
import { AccountAccess } from "#client/accounts/admin/AccountAccess.tsx";
import { AskFirst } from "#client/accounts/admin/AskFirst.tsx";
import { afterChange } from "#client/accounts/admin/account-words.ts";
import { acceptAccount, accountSettings, addPartner } from "#client/accounts/admin/admin-api.ts";
import { roleWords } from "#client/accounts/role-words.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { needsSecondPerson } from "#core/accounts/second-factor.ts";
import {
  type AccountReply,
  type AccountsReply,
  accountCalls,
} from "#core/accounts/wire/accounts.ts";
import { type Role, roles } from "#core/role.ts";
import { looksAlikeType } from "#core/text/problem-types.ts";

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
  /** The name that looks like another one stands in the form as it was asked about. */
  const [isAsAsked, setAsAsked] = useState(false);
  const asksAnyway = fault?.type === looksAlikeType && isAsAsked;
  /** What was answered by "Add anyway" was asked of the new partner, or of the account where that is there. */
  const save = async (evenAlike = false) => {
    setAsking(false);
    setAsAsked(true);
    const partner = isNewPartner ? await addPartner(draft.newPartner, evenAlike) : draft.partner;
    // Should the account itself be refused, the partner is there and chosen.
    change({ partner });
    const fields = bodyOf({ ...draft, partner });
    if (account === null) {
      const isAnswered = evenAlike && !isNewPartner;
      const body = { ...fields, name: draft.name, evenAlike: isAnswered };
      onOpen((await acceptAccount(ask(accountCalls.add, { body }))).id);
      const waits = needsSecondPerson(draft.role)
        ? " It cannot be used until a second person confirms it."
        : "";
      showToast(`${draft.name} added. Now give the person a way to sign in.${waits}`);
    } else {
      const body = evenAlike ? { ...fields, evenAlike } : fields;
      await acceptAccount(ask(accountCalls.change, { id: account.id, body }));
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
          if (follows === null) run(() => save());
          else setAsking(true);
        }}
      >
        {fault ? (
          <ErrorNote
            title={fault.title}
            detail={fault.detail}
            retry={account === null ? "Add anyway" : "Save anyway"}
            onRetry={asksAnyway ? () => run(() => save(true)) : undefined}
          />
        ) : null}
        <AccountFields
          account={account}
          draft={draft}
          partners={reply.partners}
          neighbours={reply.neighbours}
          provider={hasValue(settings) ? settings.value.provider : null}
          onChange={(part) => {
            setAsAsked(false);
            change(part);
          }}
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
          onYes={() => run(() => save())}
          onNo={() => setAsking(false)}
        >
          {follows}
        </AskFirst>
      ) : null}
    </Dialog>
  );
}

/** The choice that is no partner yet: no code of a partner has a plus sign. */
const anotherPartner = "+";

/** What the form holds of an account: as it is, or as a new one begins. */
function useAccountDraft(account: AccountReply | null, { partners, neighbours }: AccountsReply) {
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

/** An account ends by the clock, also where the tool treats another day as today. */
function useWhatFollows(account: AccountReply | null, draft: Parameters<typeof bodyOf>[0]) {
  const { timeZone } = useSession();
  const today = zoneNamed(timeZone).dateOf(Date.now());
  return account && afterChange(account, bodyOf(draft), today);
}

type AccountDraft = ReturnType<typeof useAccountDraft>["draft"];

/** What is asked of the server; all but the sign-in name, which a new account has alone. */
function bodyOf(draft: AccountDraft) {
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

interface AccountFieldsProps {
  readonly account: AccountReply | null;
  readonly draft: AccountDraft;
  readonly partners: AccountsReply["partners"];
  readonly neighbours: AccountsReply["neighbours"];
  /** What the identity provider is called, where one is set. */
  readonly provider: string | null;
  readonly onChange: (part: Partial<AccountDraft>) => void;
}

/** Who the person is here, what they may do, and until when. */
function AccountFields(props: AccountFieldsProps) {
  const { account, draft, partners, provider, onChange } = props;
  return (
    <>
      {account === null ? (
        <TextField
          label="Sign-in name"
          value={draft.name}
          onChange={(name) => onChange({ name })}
          hint="2 to 64 letters and numbers, such as j.hollis. It cannot be changed later."
        />
      ) : null}
      <TextField
        label="Display name"
        value={draft.shownName}
        onChange={(shownName) => onChange({ shownName })}
        hint="Optional."
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
          hint="The person sees only figures for the boundary with this neighbour, while an agreement is in force."
        />
      ) : null}
      <TextField
        label="Last day"
        type="date"
        value={draft.lastDay}
        onChange={(lastDay) => onChange({ lastDay })}
        hint="Optional. Access stops after this date."
      />
      {provider === null ? null : (
        <TextField
          label={`Name at ${provider}`}
          value={draft.oidcName}
          onChange={(oidcName) => onChange({ oidcName })}
          hint="Exactly as it appears there. The first sign-in links the person to this account."
        />
      )}
    </>
  );
}

interface PartnerFieldsProps {
  readonly partners: AccountsReply["partners"];
  /** A code, or `anotherPartner`. */
  readonly chosen: string;
  readonly onChoose: (code: string) => void;
  /** The name of the one to be added. */
  readonly added: string;
  readonly onAdd: (name: string) => void;
}

/** Whose sessions a partner's account sees and writes: one that is there, or a new one by its name. */
function PartnerFields({ partners, chosen, onChoose, added, onAdd }: PartnerFieldsProps) {
  return (
    <>
      <Select
        label="Outreach partner"
        value={chosen}
        options={[
          ...partners.map(({ code, name }) => ({ value: code, label: name })),
          { value: anotherPartner, label: "Add a new partner" },
        ]}
        onChange={onChoose}
        hint="The person sees and changes only this partner’s sessions."
      />
      {chosen === anotherPartner ? (
        <TextField
          label="Name of the new outreach partner"
          value={added}
          onChange={onAdd}
          hint="No patrols are suggested until it confirms its times."
        />
      ) : null}
    </>
  );
}
