import { useState } from "react";
import { ActTable } from "#client/accounts/audit/ActTable.tsx";
import { AuditFilterBar } from "#client/accounts/audit/AuditFilterBar.tsx";
import { loadAudit } from "#client/accounts/audit/audit-api.ts";
import { ChainPanel } from "#client/accounts/audit/ChainPanel.tsx";
import { type AuditFilters, filterQuery, readFilters } from "#client/accounts/audit/filters.ts";
import { HeadPanel } from "#client/accounts/audit/HeadPanel.tsx";
import { useActs } from "#client/accounts/audit/use-acts.ts";
import { useVerification } from "#client/accounts/audit/use-verification.ts";
import { address, replaceParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { formatCount, formatQuantity } from "#client/ui/format.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import type { AuditRow } from "#core/accounts/wire/audit.ts";
import "#client/accounts/audit/audit.css";

/** Who did what, and whether the log is whole. */
export function Audit() {
  const params = useStore(address, (at) => at.params);
  const filters = readFilters(params);
  const verifier = useVerification();
  return (
    <div className="audit">
      <div className="audit__chain">
        <ChainPanel verifier={verifier} />
        <HeadPanel verification={verifier.state} />
      </div>
      <ActList filters={filters} />
    </div>
  );
}

function ActList({ filters }: { readonly filters: AuditFilters }) {
  const query = filterQuery(filters, null);
  const acts = useActs(query, loadAudit(filters));
  const [chosen, setChosen] = useState<AuditRow | null>(null);
  const setFilters = (next: AuditFilters) => {
    setChosen(null);
    replaceParams("audit", { ...next });
  };
  return (
    <section className="audit__acts" aria-labelledby="audit-acts">
      <h2 id="audit-acts">Who did what</h2>
      <AuditFilterBar filters={filters} onFilters={setFilters} />
      <Loaded resource={acts.first} onRetry={acts.reload} skeleton={<Skeleton lines={8} />}>
        {() =>
          acts.rows.length === 0 ? (
            <EmptyState title="No act like that">
              Nothing in the log matches these filters. Take one of them away.
            </EmptyState>
          ) : (
            <>
              <div className="audit__sentence">
                <p>
                  {formatQuantity(acts.rows.length, "act")} shown, newest first
                  {acts.hasOlder ? "; there are older ones" : ", and there are no older ones"}.
                </p>
                {chosen ? (
                  <Button onClick={() => setFilters({ ...filters, person: chosen.person })}>
                    Only acts of {chosen.person}
                  </Button>
                ) : null}
                <Button look="quiet" onClick={acts.reload}>
                  Look again
                </Button>
              </div>
              <ActTable rows={acts.rows} chosen={chosen} onChoose={setChosen} />
              {acts.hasOlder ? (
                <Button disabled={acts.isLoadingOlder} onClick={acts.loadOlder}>
                  Older than row {formatCount(Number(acts.rows.at(-1)?.id ?? 0))}
                </Button>
              ) : null}
            </>
          )
        }
      </Loaded>
    </section>
  );
}
