import { type ReactNode, useState } from "react";
import { AccountDialog } from "#client/accounts/admin/AccountDialog.tsx";
import {
  accountsSentence,
  afterPasswordsOff,
  roleOf,
  signsInBy,
  stateOf,
} from "#client/accounts/admin/account-words.ts";
import { accountSettings, accounts, changeSettings } from "#client/accounts/admin/admin-api.ts";
import { closedWords } from "#client/accounts/openings/opening-words.ts";
import { openings } from "#client/accounts/openings/openings-api.ts";
import { Clearings, WaitingOpenings } from "#client/accounts/openings/WaitingOpenings.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { Question } from "#client/ui/Question.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { AccountReply, AccountsReply } from "#core/accounts/wire/accounts.ts";
import { phoneNumber } from "#core/text/phone-number.ts";
import "#client/accounts/admin/admin.css";

/** Read-only for auditors. `children`: settings of other rooms. */
export function Admin({ children }: { readonly children?: ReactNode }) {
  const { role } = useSession();
  const mayWrite = role === "admin";
  const [open, setOpen] = useState<string | "new" | null>(null);
  return (
    <div className="admin tall scrolls stack gap-5 pad-4">
      <Clearings />
      <Kept of={accounts}>
        {(reply) => (
          <>
            <div className="admin__head row wrap middle between gap-3">
              <p className="lead">{accountsSentence(reply)}</p>
              {mayWrite ? (
                <Button look="filled" icon="plus" onClick={() => setOpen("new")}>
                  Add an account
                </Button>
              ) : null}
            </div>
            <AccountTable reply={reply} onOpen={mayWrite ? setOpen : null} />
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
      </Kept>
      <WaitingOpenings />
      <SignInSettings mayWrite={mayWrite} />
      <PoliceContactSetting mayWrite={mayWrite} />
      {children}
    </div>
  );
}

function useClosed(): ReadonlyMap<string, string> {
  const shown = useShared(openings);
  const words = new Map<string, string>();
  if (!hasValue(shown)) return words;
  for (const opening of shown.value.openings.filter(({ keepsShut }) => keepsShut)) {
    const before = words.get(opening.account);
    words.set(opening.account, [before, closedWords(opening)].filter(Boolean).join(", "));
  }
  return words;
}

interface AccountTableProps {
  readonly reply: AccountsReply;
  /** Null: read-only. */
  readonly onOpen: ((id: string) => void) | null;
}

function AccountTable({ reply, onOpen }: AccountTableProps) {
  const closed = useClosed();
  if (reply.accounts.length === 0) {
    return (
      <EmptyState title="No accounts yet">
        Each person has their own account, with one role. Accounts can be disabled but not deleted,
        because the log refers to them.
      </EmptyState>
    );
  }
  return (
    <div className="still scroll-x">
      <SortableTable
        caption="Accounts, by sign-in name"
        columns={columnsOf(reply, closed, onOpen)}
        rows={reply.accounts}
        rowKey={({ id }) => id}
      />
    </div>
  );
}

function columnsOf(
  reply: AccountsReply,
  closed: ReadonlyMap<string, string>,
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
      cell: (account) => [stateOf(account), closed.get(account.name)].filter(Boolean).join("; "),
    },
  ];
  if (onOpen === null) return columns;
  const change = ({ id, name }: AccountReply) => (
    <Button onClick={() => onOpen(id)} aria-label={`Change ${name}`}>
      Change
    </Button>
  );
  return [...columns, { key: "change", label: "Change", cell: change }];
}

/** How people can sign in; a command on the machine works whatever is chosen. */
function SignInSettings({ mayWrite }: { readonly mayWrite: boolean }) {
  const { fault, run } = useSubmit();
  return (
    <section className="stack gap-3" aria-labelledby="sign-in-settings">
      <h2 id="sign-in-settings">How people sign in</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Kept of={accountSettings}>
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
            <p>
              {secondFactorForPolice
                ? "Administrators, auditors, sergeants and analysts need a second factor. Anyone without one must set it up first."
                : "Administrators and auditors need a second factor. Sergeants and analysts may set one up."}
            </p>
            {mayWrite ? (
              <Segmented
                label="Second factor for sergeants and analysts"
                value={secondFactorForPolice ? "on" : "off"}
                options={onOrOff("Required", "Optional")}
                onChange={(value) =>
                  run(() => changeSettings({ secondFactorForPolice: value === "on" }))
                }
              />
            ) : null}
          </>
        )}
      </Kept>
    </section>
  );
}

const onOrOff = (on: string, off: string) => [
  { value: "on" as const, label: on },
  { value: "off" as const, label: off },
];

interface PasswordSwitchProps {
  readonly isOn: boolean;
  readonly provider: string;
  readonly onChange: (isOn: boolean) => void;
}

/** Off locks out everyone without a name at the provider: asked first, with their names. */
function PasswordSwitch({ isOn, provider, onChange }: PasswordSwitchProps) {
  const shown = useShared(accounts);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <Segmented
        label="Passwords"
        value={isOn ? "on" : "off"}
        options={onOrOff("On", "Off")}
        onChange={(value) => {
          if (value === "on") onChange(true);
          else if (isOn) setAsking(true);
        }}
      />
      {isAsking ? (
        <Question
          title="Turn passwords off?"
          yes="Turn passwords off"
          onYes={() => {
            setAsking(false);
            onChange(false);
          }}
          onNo={() => setAsking(false)}
        >
          <p>{afterPasswordsOff(hasValue(shown) ? shown.value.accounts : [], provider)}</p>
        </Question>
      ) : null}
    </>
  );
}

/** The number that partners phone while nobody has confirmed a late session. */
function PoliceContactSetting({ mayWrite }: { readonly mayWrite: boolean }) {
  return (
    <section className="stack gap-3" aria-labelledby="police-contact">
      <h2 id="police-contact">Police contact for partners</h2>
      <Kept of={accountSettings}>
        {({ policeContact }) => (
          <>
            <p>
              {policeContact === null
                ? "No number yet. Partners are told to phone, but not where."
                : `Partners phone ${policeContact} until police confirm.`}
            </p>
            {mayWrite ? <NumberForm key={policeContact} number={policeContact} /> : null}
          </>
        )}
      </Kept>
    </section>
  );
}

function NumberForm({ number }: { readonly number: string | null }) {
  const [typed, setTyped] = useState(number ?? "");
  const [wrong, setWrong] = useState<string | undefined>();
  const { fault, isPending, run } = useSubmit();
  const save = (policeContact: string | null) =>
    run(async () => {
      await changeSettings({ policeContact });
      showToast(policeContact === null ? "Removed" : "Saved");
    });
  const submit = () => {
    const read = phoneNumber.safeParse(typed);
    if (read.success) save(read.data);
    else setWrong(`${read.error.issues[0]?.message ?? ""}.`);
  };
  return (
    <Form className="admin__basis" onSend={submit} noValidate fault={fault}>
      <TextField
        label="Phone number"
        type="tel"
        value={typed}
        error={wrong}
        hint="Answered by somebody who can tell officers on duty, day and night."
        onChange={(next) => {
          setTyped(next);
          setWrong(undefined);
        }}
      />
      <div className="row gap-3">
        <Button type="submit" disabled={isPending}>
          Save number
        </Button>
        {number === null ? null : (
          <Button look="quiet" disabled={isPending} onClick={() => save(null)}>
            Remove
          </Button>
        )}
      </div>
    </Form>
  );
}
