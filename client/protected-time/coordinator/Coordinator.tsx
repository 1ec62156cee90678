import type { ReactNode } from "react";
import { WaitingOpenings } from "#client/accounts/openings/WaitingOpenings.tsx";
import { Clearings } from "#client/accounts/second-factor/Clearings.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { useShared } from "#client/api/use-resource.ts";
import { CameReports } from "#client/protected-time/coordinator/CameReports.tsx";
import { coordination } from "#client/protected-time/coordinator/coordinator-api.ts";
import { ObjectionList } from "#client/protected-time/coordinator/ObjectionList.tsx";
import { PartnerTable } from "#client/protected-time/coordinator/PartnerTable.tsx";
import { useInterval } from "#client/state/use-interval.ts";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import "#client/protected-time/coordinator/coordinator.css";

const askEveryMs = 120_000;

/** Who has confirmed, what was said and what waits for a word; no event, and nothing of a session. `children`: what waits in other rooms. */
export function Coordinator({ children }: { readonly children?: ReactNode }) {
  const { role } = useSession();
  const shown = useShared(coordination);
  useInterval(coordination.reload, askEveryMs);
  const mayAct = role === "coordinator";
  return (
    <Loaded resource={shown} onRetry={coordination.reload} skeleton={<Skeleton lines={8} />}>
      {(reply) => (
        <div className="coordinator">
          <p className="coordinator__sentence">{reply.sentence}</p>
          <Clearings />
          {children}
          <WaitingOpenings />
          <PartnerTable partners={reply.partners} mayAct={mayAct} />
          <CameReports came={reply.came} mayAct={mayAct} />
          <ObjectionList objections={reply.objections} mayAct={mayAct} />
        </div>
      )}
    </Loaded>
  );
}
