import { useState } from "react";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { operations } from "#client/displacement/operations/operations-api.ts";
import { assessPlan, placePlans } from "#client/place-plans/place-plans-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { PlacePlanReply } from "#core/place-plans/wire/place-plans.ts";

/** Pins what Displacement says of an operation as at today. */
export function AssessField({ plan }: { readonly plan: PlacePlanReply }) {
  const resource = useShared(operations);
  const [chosen, setChosen] = useState<string | null>(null);
  const { fault, isPending, run } = useSubmit();
  return (
    <Loaded resource={resource} onRetry={operations.reload}>
      {(reply) => {
        const started = reply.operations.filter(({ hasStarted }) => hasStarted);
        const operation = chosen ?? plan.inner?.assessment?.operation ?? started[0]?.name ?? "";
        if (started.length === 0) return <p className="quiet">No operation has started yet.</p>;
        return (
          <div className="one-plan__assess no-print">
            <Select
              label="Operation"
              value={operation}
              options={started.map(({ name }) => ({ value: name, label: name }))}
              onChange={setChosen}
            />
            <Button
              disabled={isPending}
              onClick={() =>
                run(() => assessPlan(plan, operation).finally(() => placePlans.reload()))
              }
            >
              {plan.inner?.assessment ? "Pin its assessment anew" : "Pin its assessment"}
            </Button>
            <span role="status" className="quiet small">
              {isPending ? "Being worked out" : ""}
            </span>
            {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
          </div>
        );
      }}
    </Loaded>
  );
}
