import { type ReactNode, useState } from "react";
import { AccountDialog } from "#client/accounts/admin/AccountDialog.tsx";
import { AccountTable } from "#client/accounts/admin/AccountTable.tsx";
import { accountsSentence } from "#client/accounts/admin/account-words.ts";
import { accounts } from "#client/accounts/admin/admin-api.ts";
import { SignInSettings } from "#client/accounts/admin/SignInSettings.tsx";
import { shutWords } from "#client/accounts/openings/opening-words.ts";
import { openings } from "#client/accounts/openings/openings-api.ts";
import { WaitingOpenings } from "#client/accounts/openings/WaitingOpenings.tsx";
import { Clearings } from "#client/accounts/second-factor/Clearings.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { Button } from "#client/ui/Button.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
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
