import { useState } from "react";
import { AccountAccess } from "#client/accounts/admin/AccountAccess.tsx";
import { afterChange } from "#client/accounts/admin/account-words.ts";
import { acceptAccount, accountSettings, addPartner } from "#client/accounts/admin/admin-api.ts";
import { roleNames } from "#client/accounts/role-names.ts";
import { comesTo } from "#client/accounts/role-words.ts";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { fieldOf } from "#client/ui/field-of.ts";
import { Question } from "#client/ui/Question.tsx";
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
import { createZone } from "#core/time/zone.ts";

export interface AccountDialogProps {
  /** Null: a new one. */
  readonly account: AccountReply | null;
  readonly reply: AccountsReply;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
}

export function AccountDialog({ account, reply, onOpen, onClose }: AccountDialogProps) {
  const [draft, setDraft] = useState(() => draftOf(account, reply));
  const change = (part: Partial<AccountDraft>) => setDraft((before) => ({ ...before, ...part }));
  const settings = useShared(accountSettings);
  // Expiry uses the real clock, even where the tool's "today" differs.
  const today = createZone(useSession().timeZone).dateOf(Date.now());
  const follows = account && afterChange(account, bodyOf(draft), today);
  const [isAsking, setAsking] = useState(false);
  const { fault, isPending, run } = useSubmit();
  /** The name in the form is the one that the similar-name question was about. */
  const [isAsAsked, setAsAsked] = useState(false);
  const asksAnyway = fault?.type === looksAlikeType && isAsAsked;
  const save = async (evenAlike = false) => {
    setAsking(false);
    setAsAsked(true);
    const partner = isNewPartner(draft)
      ? await addPartner(draft.newPartner, evenAlike)
      : draft.partner;
    // If the account is refused, the new partner stays selected.
    change({ partner });
    const fields = bodyOf({ ...draft, partner });
    if (account === null) {
      const isAnswered = evenAlike && !isNewPartner(draft);
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
      <Form
        className="stack gap-3"
        aria-label="Account"
        onSend={() => {
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
          reply={reply}
          provider={hasValue(settings) ? settings.value.provider : null}
          onChange={(part) => {
            setAsAsked(false);
            change(part);
          }}
        />
        <div className="row wrap gap-2">
          <Button look="filled" type="submit" disabled={isPending}>
            {account === null ? "Add" : "Save"}
          </Button>
        </div>
      </Form>
      {account === null ? null : <AccountAccess account={account} />}
      {isAsking && account !== null && follows !== null ? (
        <Question
          title={`Change ${account.name}?`}
          yes="Save and sign out"
          onYes={() => run(() => save())}
          onNo={() => setAsking(false)}
        >
          <p>{follows}</p>
        </Question>
      ) : null}
    </Dialog>
  );
}

/** The choice that is no partner yet: no code of a partner has a plus sign. */
const anotherPartner = "+";

function draftOf(
  account: AccountReply | null,
  { partners, patrolPartners, neighbours }: AccountsReply,
) {
  const own = (role: Role) => (account?.role === role ? account.partner : null);
  return {
    name: "",
    shownName: account?.shownName ?? "",
    role: account?.role ?? ("sergeant" satisfies Role),
    partner: own("partner") ?? partners[0]?.code ?? anotherPartner,
    patrolPartner: own("warden") ?? patrolPartners[0]?.code ?? "",
    newPartner: "",
    neighbour: account?.neighbour ?? neighbours[0] ?? "",
    lastDay: account?.lastDay ?? "",
    oidcName: account?.oidcName ?? "",
  };
}

type AccountDraft = ReturnType<typeof draftOf>;

const isNewPartner = ({ role, partner }: AccountDraft) =>
  role === "partner" && partner === anotherPartner;

/** Without the sign-in name, which only a new account sends. */
function bodyOf(draft: AccountDraft) {
  const { shownName, role, partner, patrolPartner, neighbour, lastDay, oidcName } = draft;
  return {
    shownName: shownName.trim() || null,
    role,
    partner: role === "partner" ? partner : role === "warden" ? patrolPartner : null,
    neighbour: role === "liaison" ? neighbour : null,
    lastDay: lastDay || null,
    oidcName: oidcName.trim() || null,
  };
}

interface AccountFieldsProps extends Pick<AccountDialogProps, "account" | "reply"> {
  readonly draft: AccountDraft;
  /** Its display name; null where none is set up. */
  readonly provider: string | null;
  readonly onChange: (part: Partial<AccountDraft>) => void;
}

function AccountFields({ account, reply, draft, provider, onChange }: AccountFieldsProps) {
  const { partners, patrolPartners, neighbours } = reply;
  const field = fieldOf(draft, onChange);
  return (
    <>
      {account === null ? (
        <TextField
          label="Sign-in name"
          {...field("name")}
          hint="2 to 64 letters and numbers, such as j.hollis. It cannot be changed later."
        />
      ) : null}
      <TextField label="Display name" {...field("shownName")} hint="Optional." />
      <Select
        label="Role"
        {...field("role")}
        options={roles.map((value) => ({ value, label: roleNames[value] }))}
        hint={comesTo[draft.role]}
        disabled={account?.isOwn}
      />
      {draft.role === "partner" ? (
        <Select
          label="Outreach partner"
          {...field("partner")}
          options={[
            ...partners.map(({ code, name }) => ({ value: code, label: name })),
            { value: anotherPartner, label: "Add a new partner" },
          ]}
          hint="The person sees and changes only this partner’s sessions."
        />
      ) : null}
      {isNewPartner(draft) ? (
        <TextField
          label="Name of the new outreach partner"
          {...field("newPartner")}
          hint="No patrols are suggested until it confirms its times."
        />
      ) : null}
      {draft.role === "warden" ? (
        <Select
          label="Patrol partner"
          {...field("patrolPartner")}
          options={patrolPartners.map(({ code, name }) => ({ value: code, label: name }))}
          hint={
            patrolPartners.length === 0
              ? "Add it first, under Patrol partners."
              : "The person sees and changes only patrols of this partner’s units. It cannot be changed later."
          }
          disabled={account?.role === "warden"}
        />
      ) : null}
      {draft.role === "liaison" ? (
        <Select
          label="Neighbouring command"
          {...field("neighbour")}
          options={neighbours.map((name) => ({ value: name, label: name }))}
          hint="The person sees only figures for the boundary with this neighbour, while an agreement is in force."
        />
      ) : null}
      <TextField
        label="Last day"
        type="date"
        {...field("lastDay")}
        hint="Optional. Access stops after this date."
      />
      {provider === null ? null : (
        <TextField
          label={`Name at ${provider}`}
          {...field("oidcName")}
          hint="Exactly as it appears there. The first sign-in links the person to this account."
        />
      )}
    </>
  );
}
