import { roleOf, signsInBy, stateOf } from "#client/accounts/admin/account-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import type { AccountReply, AccountsReply } from "#core/accounts/wire/accounts.ts";

export interface AccountTableProps {
  readonly reply: AccountsReply;
  /** What keeps an account shut, by its name. */
  readonly shut: ReadonlyMap<string, string>;
  /** Absent: to read alone. */
  readonly onOpen?: (id: string) => void;
}

export function AccountTable({ reply, shut, onOpen }: AccountTableProps) {
  if (reply.accounts.length === 0) {
    return (
      <EmptyState title="No accounts yet">
        Each person gets one of their own, under one role. Accounts are disabled and never deleted,
        for the log names them.
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
    { key: "by", label: "Signs in by", cell: signsInBy },
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
