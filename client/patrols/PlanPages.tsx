import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import type { BriefingSource } from "#client/patrols/briefing/Briefing.tsx";
import { Debrief, DebriefLink } from "#client/patrols/debrief/Debrief.tsx";
import { ForecastRecordPage } from "#client/patrols/forecast/ForecastRecordPage.tsx";
import { openBriefing, openPage, PlanPageHead } from "#client/patrols/plan-pages.tsx";
import { readRequest, requestFromParams } from "#client/patrols/plan-request.ts";
import { dayRange } from "#client/patrols/plan-words.ts";
import { StaffingForm } from "#client/patrols/staffing/StaffingForm.tsx";
import { TonightDesk } from "#client/patrols/tonight/TonightDesk.tsx";
import { usePlan } from "#client/patrols/use-plan.ts";
import { ownPapers, readStaffing } from "#client/patrols/wardens/warden-plans.ts";
import { datesFrom } from "#client/patrols/week/week-layout.ts";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { BarControls } from "#client/ui/BarControls.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { lazily } from "#client/ui/lazily.ts";
import { useIsHandheld, useIsPhone } from "#client/ui/use-media.ts";
import { planCalls } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";
import "#client/patrols/staffing/staffing.css";

/** What stands on the map, which a phone loads only to see it. */
const PlanBoard = lazily(async () => (await import("#client/patrols/PlanBoard.tsx")).PlanBoard);
const MayWeBeHere = lazily(
  async () => (await import("#client/patrols/police/MayWeBeHere.tsx")).MayWeBeHere,
);
const Attended = lazily(async () => (await import("#client/patrols/police/Attended.tsx")).Attended);
const Briefing = lazily(
  async () => (await import("#client/patrols/briefing/Briefing.tsx")).Briefing,
);

/**
 * All but a phone's first screen, which does not wait for any of it. A warden coordinator has the same week, cut to own
 * units, and complete on a phone.
 */
export function PlanPages() {
  const { view } = useStore(address, (at) => at.params);
  const { role } = useSession();
  const isOwn = role === "warden";
  if (view === "forecast" && !isOwn) return <ForecastRecordPage />;
  if (role !== "sergeant" && !isOwn) return <AnalystPlan />;
  if (view === "ask") return <MayWeBeHere />;
  if (view === "attended" && !isOwn) return <Attended />;
  if (view === "staffing") return <Staffing />;
  if (view === "debrief") return <Debrief />;
  return <Week isOwn={isOwn} />;
}

function Week({ isOwn }: { readonly isOwn: boolean }) {
  const { view } = useStore(address, (at) => at.params);
  const isHandheld = useIsHandheld();
  const papers = usePapers(isOwn);
  return (
    <>
      {isHandheld && !view ? null : <TonightDesk isOut={isHandheld} withRows={papers === null} />}
      {papers ? (
        <Briefing key={papers.key} of={papers} />
      ) : isHandheld && !isOwn ? (
        <PhonePlan />
      ) : (
        <>
          {isHandheld ? null : (
            <BarControls>
              <Button onClick={() => openPage("ask")}>Check a place and time</Button>
              {isOwn ? null : (
                <Button onClick={() => openPage("attended")}>Log an emergency</Button>
              )}
            </BarControls>
          )}
          <PlanBoard />
        </>
      )}
    </>
  );
}

/** What is printed for the units; null where no briefing is asked for. */
function usePapers(isOwn: boolean): BriefingSource | null {
  const { view, plan } = useStore(address, (at) => at.params);
  const span = useSpan();
  if (view !== "briefing") return null;
  if (isOwn) return span && ownPapers(span);
  if (plan === undefined) return null;
  return {
    key: plan,
    load: (signal) => ask(planCalls.briefing, { planId: plan }, { signal }),
    check: (number) => ask(planCalls.number, { number }),
  };
}

/** What was patrolled. */
function AnalystPlan() {
  const isPhone = useIsPhone();
  return (
    <>
      <BarControls>
        <Button onClick={() => openPage("forecast")}>How the forecast did</Button>
      </BarControls>
      {isPhone ? <PhonePlan /> : <PlanBoard />}
    </>
  );
}

function PhonePlan() {
  const view = usePlan();
  return (
    <Loaded resource={view.plans} onRetry={view.reload}>
      {({ plans, from, to }) => {
        const agreed = plans.filter((plan) => plan.windows.some(isAgreed));
        return agreed.length === 0 ? (
          <EmptyState title="No briefing yet" action={view.canPlan ? <DebriefLink /> : undefined}>
            Nothing is approved for {formatDay(from)} to {formatDay(to)}. Planning needs a wider
            screen: a tablet or a desk computer.
          </EmptyState>
        ) : (
          <ul className="phone-plan stack gap-4 pad-4">
            <li>
              <h2>Briefings</h2>
            </li>
            {agreed.map((plan) => (
              <li key={plan.id}>
                <Button icon="print" onClick={() => openBriefing(plan.id ?? "")}>
                  Briefing {plan.number}
                </Button>
                <p className="quiet">
                  {dayRange(plan.from, plan.days)},{" "}
                  {formatQuantity(plan.windows.filter(isAgreed).length, "patrol")}
                </p>
              </li>
            ))}
            {view.canPlan ? (
              <li>
                <DebriefLink />
              </li>
            ) : null}
          </ul>
        );
      }}
    </Loaded>
  );
}

/** Of police: a patrol partner has papers of its own. */
function isAgreed({ status, patrolPartner }: PlanReply["windows"][number]): boolean {
  return status === "agreed" && patrolPartner === null;
}

/** Of the days asked for on the plan. */
function useSpan() {
  const { asAt } = useSession();
  const params = useStore(address, (at) => at.params);
  const read = readRequest(requestFromParams(params, asAt));
  return read.ok ? { from: read.value.from, days: read.value.days } : null;
}

function Staffing() {
  const { asAt, role } = useSession();
  const span = useSpan();
  const dates = span ? datesFrom(span.from, span.days) : [];
  const { resource, reload } = useFetched(`staffing ${span?.from} ${span?.days}`, (signal) =>
    readStaffing(role, span ?? { from: asAt, days: 7 }, signal),
  );
  return (
    <div className="staffing broad tall scrolls stack gap-4 pad-4">
      <PlanPageHead title={span ? `Staffing, ${dayRange(span.from, span.days)}` : "Staffing"} />
      {span === null ? (
        <EmptyState title="These days cannot be staffed yet">
          Correct the days on the plan first.
        </EmptyState>
      ) : (
        <Loaded resource={resource} onRetry={reload}>
          {(reply) => (
            <StaffingForm
              key={`${reply.from} ${reply.to}`}
              isOwn={role === "warden"}
              span={span}
              dates={dates}
              reply={reply}
              onSaved={reload}
            />
          )}
        </Loaded>
      )}
    </div>
  );
}
