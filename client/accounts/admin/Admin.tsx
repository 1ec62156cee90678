import { type ReactNode, useState } from "react";
import { AccountDialog } from "#client/accounts/admin/AccountDialog.tsx";
import { AskFirst } from "#client/accounts/admin/AskFirst.tsx";
import {
  accountsSentence,
  afterPasswordsOff,
  roleOf,
  signsInBy,
  stateOf,
} from "#client/accounts/admin/account-words.ts";
import { accountSettings, accounts, changeSettings } from "#client/accounts/admin/admin-api.ts";
import { PoliceContactSetting } from "#client/accounts/admin/PoliceContactSetting.tsx";
import { shutWords } from "#client/accounts/openings/opening-words.ts";
import { openings } from "#client/accounts/openings/openings-api.ts";
import { WaitingOpenings } from "#client/accounts/openings/WaitingOpenings.tsx";
import { Clearings } from "#client/accounts/second-factor/Clearings.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { AccountReply, AccountsReply } from "#core/accounts/wire/accounts.ts";
import "#client/accounts/admin/admin.css";

/** Who may sign in, as what, and by what; an auditor reads the same and changes nothing. `children`: settings of other rooms. */
export function Admin({ children }: { readonly children?: ReactNode }) {
  const resource = useShared(accounts);
  const { role } = useSession();
  const mayWrite = role === "admin";
  const shut = useShut();
  /** Number of the account that is open, or that a new one is. */
  const [open, setOpen] = useState<string | "new" | null>(null);
  return (
    <div className="admin">
      <Clearings />
      <Loaded resource={resource} onRetry={accounts.reload}>
        {(reply) => (
          <>
            <div className="admin__head">
              <p className="admin__sentence">{accountsSentence(reply)}</p>
              {mayWrite ? (
                <Button look="filled" icon="plus" onClick={() => setOpen("new")}>
                  Add an account
                </Button>
              ) : null}
            </div>
            <AccountTable reply={reply} shut={shut} {...(mayWrite ? { onOpen: setOpen } : {})} />
            {open === null ? null : (
              <AccountDialog
                key={open}
                account={reply.accounts.find(({ id }) => id === open) ?? null}
                reply={reply}
                onOpen={setOpen}
                onClose={() => setOpen(null)}
              />
            )}
          </>
        )}
      </Loaded>
      <WaitingOpenings />
      <SignInSettings mayWrite={mayWrite} />
      <PoliceContactSetting mayWrite={mayWrite} />
      {children}
    </div>
  );
}

/** By account, what keeps it shut. */
function useShut(): ReadonlyMap<string, string> {
  const shown = useShared(openings);
  const words = new Map<string, string>();
  if (!hasValue(shown)) return words;
  for (const opening of shown.value.openings.filter(({ keepsShut }) => keepsShut)) {
    const before = words.get(opening.account);
    words.set(opening.account, [before, shutWords(opening)].filter(Boolean).join(", "));
  }
  return words;
}

interface AccountTableProps {
  readonly reply: AccountsReply;
  /** What keeps an account shut, by its name. */
  readonly shut: ReadonlyMap<string, string>;
  /** Absent: to read alone. */
  readonly onOpen?: (id: string) => void;
}

function AccountTable({ reply, shut, onOpen }: AccountTableProps) {
  if (reply.accounts.length === 0) {
    return (
      <EmptyState title="No accounts yet">
        Each person has their own account, with one role. Accounts can be disabled but not deleted,
        because the log refers to them.
      </EmptyState>
    );
  }
  return (
    <div className="admin__scroll">
      <SortableTable
        caption="Accounts, by sign-in name"
        columns={columnsOf(reply, shut, onOpen)}
        rows={reply.accounts}
        rowKey={({ id }) => id}
      />
    </div>
  );
}

function columnsOf(
  reply: AccountsReply,
  shut: AccountTableProps["shut"],
  onOpen: AccountTableProps["onOpen"],
): readonly TableColumn<AccountReply>[] {
  const columns: TableColumn<AccountReply>[] = [
    {
      key: "name",
      label: "Name",
      cell: (account) => (
        <>
          <strong>{account.name}</strong>
          {account.shownName === null ? null : <span className="quiet"> {account.shownName}</span>}
          {account.isOwn ? <span className="quiet"> (you)</span> : null}
        </>
      ),
    },
    { key: "role", label: "Role", cell: (account) => roleOf(account, reply) },
    { key: "by", label: "Sign-in method", cell: signsInBy },
    {
      key: "state",
      label: "State",
      cell: (account) => [stateOf(account), shut.get(account.name)].filter(Boolean).join("; "),
    },
  ];
  if (!onOpen) return columns;
  return [
    ...columns,
    {
      key: "change",
      label: "Change",
      cell: (account) => (
        <Button onClick={() => onOpen(account.id)} aria-label={`Change ${account.name}`}>
          Change
        </Button>
      ),
    },
  ];
}

/** How people can sign in; a command on the machine works whatever is chosen. */
function SignInSettings({ mayWrite }: { readonly mayWrite: boolean }) {
  const resource = useShared(accountSettings);
  const { fault, run } = useSubmit();
  return (
    <section className="admin__settings" aria-labelledby="sign-in-settings">
      <h2 id="sign-in-settings">How people sign in</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Loaded resource={resource} onRetry={accountSettings.reload}>
        {({ localPasswords, secondFactorForPolice, provider }) => (
          <>
            <p>
              {provider === null
                ? "Password only: this server has no identity provider."
                : localPasswords
                  ? `Password, or ${provider}.`
                  : `${provider} only: passwords are off.`}
            </p>
            {mayWrite && provider !== null ? (
              <PasswordSwitch
                isOn={localPasswords}
                provider={provider}
                onChange={(isOn) => run(() => changeSettings({ localPasswords: isOn }))}
              />
            ) : null}
            <p>{secondFactorWords(secondFactorForPolice)}</p>
            {mayWrite ? (
              <Segmented
                label="Second factor for sergeants and analysts"
                value={secondFactorForPolice ? "on" : "off"}
                options={[
                  { value: "on", label: "Required" },
                  { value: "off", label: "Optional" },
                ]}
                onChange={(value) =>
                  run(() => changeSettings({ secondFactorForPolice: value === "on" }))
                }
              />
            ) : null}
          </>
        )}
      </Loaded>
    </section>
  );
}

function secondFactorWords(isAskedOfPolice: boolean): string {
  return isAskedOfPolice
    ? "Administrators, auditors, sergeants and analysts need a second factor. Anyone without one must set it up first."
    : "Administrators and auditors need a second factor. Sergeants and analysts may set one up.";
}

interface PasswordSwitchProps {
  readonly isOn: boolean;
  readonly provider: string;
  readonly onChange: (isOn: boolean) => void;
}

/** Off shuts out whoever has no name at the provider: asked first, with their names. */
function PasswordSwitch({ isOn, provider, onChange }: PasswordSwitchProps) {
  const shown = useShared(accounts);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Segmented
        label="Passwords"
        value={isOn ? "on" : "off"}
        options={[
          { value: "on", label: "On" },
          { value: "off", label: "Off" },
        ]}
        onChange={(value) => {
          if (value === "on") onChange(true);
          else if (isOn) setAsking(true);
        }}
      />
      {isAsking ? (
        <AskFirst
          title="Turn passwords off?"
          yes="Turn passwords off"
          onYes={() => {
            setAsking(false);
            onChange(false);
          }}
          onNo={() => setAsking(false)}
        >
          {afterPasswordsOff(hasValue(shown) ? shown.value.accounts : [], provider)}
        </AskFirst>
      ) : null}
    </>
  );
}
