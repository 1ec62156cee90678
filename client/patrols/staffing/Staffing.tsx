import { useSession } from "#client/accounts/session-context.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { readRequest, requestFromParams } from "#client/patrols/plan-request.ts";
import { dayRange } from "#client/patrols/plan-words.ts";
import { StaffingForm } from "#client/patrols/staffing/StaffingForm.tsx";
import { loadStaffing } from "#client/patrols/staffing/staffing-api.ts";
import { datesFrom } from "#client/patrols/week/week-layout.ts";
import { address, navigate } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import "#client/patrols/staffing/staffing.css";

/** Who is on duty on the plan's days, and what else takes them. */
export function Staffing() {
  const { asAt } = useSession();
  const params = useStore(address, (at) => at.params);
  const read = readRequest(requestFromParams(params, asAt));
  const span = read.ok ? { from: read.value.from, days: read.value.days } : null;
  const dates = span ? datesFrom(span.from, span.days) : [];
  const { resource, reload } = useFetched(`staffing ${span?.from} ${span?.days}`, (signal) =>
    loadStaffing(span ?? { from: asAt, days: 7 }, signal),
  );
  return (
    <div className="staffing">
      <header className="staffing__bar">
        <Button icon="back" onClick={backToPlan}>
          Plan
        </Button>
      </header>
      {span === null ? (
        <EmptyState title="These days cannot be staffed yet">
          Mend the days on the plan first.
        </EmptyState>
      ) : (
        <>
          <h1 className="staffing__title">Staffing, {dayRange(span.from, span.days)}</h1>
          <Loaded resource={resource} onRetry={reload}>
            {(reply) => (
              <StaffingForm
                key={`${reply.from} ${reply.to}`}
                span={span}
                dates={dates}
                reply={reply}
                onSaved={reload}
              />
            )}
          </Loaded>
        </>
      )}
    </div>
  );
}

function backToPlan(): void {
  navigate("plan", { ...address.get().params, view: "" });
}
