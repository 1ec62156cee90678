import { type ReactNode, Suspense } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched, useShared } from "#client/api/use-resource.ts";
import { Assessment } from "#client/displacement/Assessment.tsx";
import { Alerts } from "#client/displacement/alerts/Alerts.tsx";
import { alerts } from "#client/displacement/alerts/alerts-api.ts";
import { harmFault } from "#client/displacement/HarmPanel.tsx";
import { Operations } from "#client/displacement/operations/Operations.tsx";
import { operations } from "#client/displacement/operations/operations-api.ts";
import { StopRule } from "#client/displacement/stop-rule/StopRule.tsx";
import { useLook } from "#client/live/refresh.ts";
import { Neighbours } from "#client/neighbours/Neighbours.tsx";
import { places } from "#client/places/places.ts";
import { address, replaceParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { BarControls } from "#client/ui/BarControls.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Kept, Loaded } from "#client/ui/Loaded.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { type ScreenPart, ScreenParts } from "#client/ui/PartsNav.tsx";
import { Select } from "#client/ui/Select.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { VisuallyHidden } from "#client/ui/VisuallyHidden.tsx";
import { displacementCalls } from "#core/displacement/wire/displacement.ts";
import { type OperationReply, operationCalls } from "#core/displacement/wire/operations.ts";
import { formatCount } from "#core/text/numbers.ts";
import "#client/displacement/displacement.css";

const OneReport = lazily(
  async () => (await import("#client/displacement/report/OneReport.tsx")).OneReport,
);

export function Displacement() {
  const { role } = useSession();
  return (
    <ScreenParts screen="displacement" label="Parts of Displacement" parts={parts} role={role} />
  );
}

const police = ["sergeant", "analyst"] as const;

/** To add a part: its folder under `client/displacement`, then one entry here. */
const parts: readonly ScreenPart[] = [
  { id: "", label: "Assessment", roles: police, Screen: Assessments },
  { id: "alerts", label: "Alerts", mark: <AlertCount />, roles: police, Screen: Alerts },
  { id: "operations", label: "Operations", roles: police, Screen: Operations },
  { id: "report", label: "Report", roles: police, Screen: Report },
  { id: "neighbours", label: "Neighbours", roles: [...police, "liaison"], Screen: Neighbours },
];

function Assessments() {
  return (
    <OfOperation
      none={
        <EmptyState title="No operation has started">
          Add an operation with a treated area and a start date to see its before and after here,
          boundary by boundary.
        </EmptyState>
      }
    >
      {(operation) => <OneOperation key={operation.name} operation={operation} />}
    </OfOperation>
  );
}

function OfOperation(props: {
  readonly part?: string;
  readonly none: ReactNode;
  readonly children: (operation: OperationReply) => ReactNode;
}) {
  const asked = useStore(address, ({ params }) => params["operation"]);
  const part = props.part === undefined ? {} : { part: props.part };
  return (
    <Kept of={operations} skeleton={<Skeleton fill />}>
      {(reply) => {
        const started = reply.operations.filter(({ hasStarted }) => hasStarted);
        const operation = started.find(({ name }) => name === asked) ?? started[0];
        if (!operation) return props.none;
        return (
          <>
            <BarControls>
              <Select
                bare
                label="Operation"
                value={operation.name}
                options={started.map(({ name }) => ({ value: name, label: name }))}
                onChange={(name) => replaceParams("displacement", { ...part, operation: name })}
              />
            </BarControls>
            {props.children(operation)}
          </>
        );
      }}
    </Kept>
  );
}

interface OneProps {
  readonly operation: OperationReply;
}

function OneOperation({ operation: { id, name, revision } }: OneProps) {
  const weights = useStore(address, ({ params }) => params["harm"] ?? null);
  // What cannot be read is said beside the weights, and not asked for.
  const harm = harmFault(weights) === null ? weights : null;
  const { resource, reload } = useFetched(
    `displacement ${name} ${revision} ${harm ?? ""}`,
    (signal) =>
      ask(
        displacementCalls.assess,
        { query: { operation: name, ...(harm !== null && { harm }) } },
        { signal },
      ),
  );
  useLook("records", hasValue(resource) ? resource.at : null, reload);
  return (
    <Kept of={places} skeleton={<Skeleton fill />}>
      {(base) => (
        <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
          {(reply) => (
            <Assessment places={base} reply={reply} stopRule={<StopRule operation={id} />} />
          )}
        </Loaded>
      )}
    </Kept>
  );
}

function AlertCount() {
  const resource = useShared(alerts);
  const open = hasValue(resource) ? resource.value.open : 0;
  if (open === 0) return null;
  return (
    <span className="parts-nav__mark disc centred small strong">
      {formatCount(open)}
      <VisuallyHidden> open</VisuallyHidden>
    </span>
  );
}

function Report() {
  return (
    <OfOperation
      part="report"
      none={
        <EmptyState title="Nothing to report yet">
          Once an operation has started, you can print its two-page assessment here.
        </EmptyState>
      }
    >
      {(operation) => <LoadedReport key={operation.id} operation={operation} />}
    </OfOperation>
  );
}

function LoadedReport({ operation: { id, revision } }: OneProps) {
  const { resource, reload } = useFetched(`report ${id} ${revision}`, (signal) =>
    ask(operationCalls.report, { id }, { signal }),
  );
  return (
    <Kept of={places} skeleton={<Skeleton fill />}>
      {(base) => (
        <Loaded resource={resource} onRetry={reload} skeleton={<Skeleton fill />}>
          {(report) => (
            <Suspense fallback={<Skeleton fill />}>
              <OneReport places={base} report={report} />
            </Suspense>
          )}
        </Loaded>
      )}
    </Kept>
  );
}
