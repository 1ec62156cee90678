import { useEffect, useMemo, useRef, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { type BoardDesk, openDesk } from "#client/patrols/board-desk.ts";
import { CostPanel } from "#client/patrols/CostPanel.tsx";
import { LostPatrols } from "#client/patrols/LostPatrols.tsx";
import { notices, openNotices } from "#client/patrols/notices.ts";
import { PlanActions } from "#client/patrols/PlanActions.tsx";
import { PlanControls } from "#client/patrols/PlanControls.tsx";
import { type PictureKind, PlanPicture } from "#client/patrols/PlanPicture.tsx";
import { PlanSide } from "#client/patrols/PlanSide.tsx";
import { PlanContext, usePlanParts } from "#client/patrols/plan-parts.ts";
import { planTitle } from "#client/patrols/plan-words.ts";
import { suggester } from "#client/patrols/suggestion.ts";
import { useBoard } from "#client/patrols/use-board.ts";
import { type KeepClear, useKeepClear } from "#client/patrols/use-keep-clear.ts";
import { type PlanView, usePlan } from "#client/patrols/use-plan.ts";
import { weekSentence } from "#client/patrols/week-words.ts";
import { QualityNote } from "#client/records/quality-note/QualityNote.tsx";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Progress } from "#client/ui/Progress.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { useIsPhone } from "#client/ui/use-media.ts";
import { demandDefaults } from "#core/patrols/demand/settings.ts";
import { encountersSentence } from "#core/patrols/plan/encounter-words.ts";
import { riseSentences } from "#core/patrols/plan/waiting.ts";
import { planCalls } from "#core/patrols/wire/board.ts";
import { isPatrolDemand } from "#core/records/event.ts";
import type { ShownRecords } from "#core/records/quality/warnings.ts";
import { formatCount } from "#core/text/numbers.ts";
import { addDays, createZone } from "#core/time/zone.ts";
import "#client/patrols/plan.css";

export function PlanBoard() {
  const { asAt } = useSession();
  const isPhone = useIsPhone();
  const view = usePlan();
  const keepClear = useKeepClear(view);
  useNotices(view.reload);
  const board = useBoard(view);
  const desk = useDesk(view, keepClear);
  const [picture, setPicture] = useState<PictureKind>(view.isOwn && isPhone ? "list" : "week");
  const { plan } = view;
  const isReadable = Object.keys(view.faults).length === 0;
  return (
    <PlanContext value={{ view, keepClear, board, desk }}>
      <div className="plan grid relative tall">
        <section className="plan__week gives stack" aria-label="The week">
          <div className="plan__head stack gap-2">
            <PlanControls />
            <SuggestionState />
            {riseSentences(view.rises).map((sentence) => (
              <Banner key={sentence} kind="stale">
                {sentence}
              </Banner>
            ))}
            <div className="plan__lead row wrap start between">
              {plan ? (
                <p className="plan__sentence lead">
                  {view.isOfDaysAsked ? null : `${planTitle(plan)}. `}
                  {weekSentence(plan, view.week, view.isOwn)}
                  {plan.options?.encounters
                    ? ` ${encountersSentence(plan.options.encounters)}`
                    : null}
                </p>
              ) : null}
              {view.isOwn ? null : <QualityNote shown={demandRecords(asAt)} />}
              {plan ? <PlanActions /> : null}
              <LostPatrols />
            </div>
          </div>
          <Loaded resource={view.plans} onRetry={view.reload} skeleton={<Skeleton fill />}>
            {() =>
              !isReadable ? (
                <EmptyState title="These days cannot be shown yet">
                  Correct the marked fields above.
                </EmptyState>
              ) : (
                <PlanPicture picture={picture} onPicture={setPicture} />
              )
            }
          </Loaded>
        </section>
        <PlanSide />
        {plan && !view.isOwn ? <CostPanel plan={plan} /> : null}
        <div className="plan__paper">
          <Banner kind="note">To print a plan, open its briefing: one paper for each unit.</Banner>
        </div>
      </div>
    </PlanContext>
  );
}

/** What a drag is judged by; null without a plan to change. */
function useDesk(view: PlanView, keepClear: KeepClear): BoardDesk | null {
  const zone = createZone(useSession().timeZone);
  const { plan, plans, canPlan, canSuggest } = view;
  const id = canPlan ? (plan?.id ?? null) : null;
  // Reload when the stops change; moving a window changes none.
  const stops = plan?.windows.map((window) => window.stops.map(({ cell }) => cell).join()).join();
  const { resource } = useFetched(`worth ${id} ${stops}`, async (signal) =>
    id === null || !canSuggest ? null : ask(planCalls.worth, { planId: id }, { signal }),
  );
  const worth = hasValue(resource) ? resource.value : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the view it reads plan and plans.
  return useMemo(
    () => (canPlan ? openDesk(view, keepClear, zone, worth) : null),
    [plan, plans, canPlan, keepClear, zone, worth],
  );
}

function demandRecords(asAt: string): ShownRecords {
  return {
    from: addDays(asAt, -learntDays),
    to: asAt,
    shows: (kind, source) => isPatrolDemand({ kind, source, category: "kerb_crawling" }),
  };
}

function useNotices(reload: () => void): void {
  const key = useStore(notices.store, (state) =>
    openNotices(state)
      .map(({ id }) => id)
      .join(),
  );
  const seen = useRef(key);
  useEffect(() => {
    if (seen.current === key) return;
    seen.current = key;
    reload();
  }, [key, reload]);
}

function SuggestionState() {
  const { suggestion } = usePlanParts().view;
  if (suggestion.status === "none") return null;
  if (suggestion.status === "refused") {
    const { error } = suggestion;
    const isRefusal = error.status >= 400 && error.status < 500;
    return (
      <div className="plan__refused relative">
        <ErrorNote
          title={isRefusal ? because(error.detail) : error.title}
          detail={isRefusal ? "Nothing has changed." : error.detail}
        />
        <Button look="quiet" icon="close" label="Close this message" onClick={suggester.forget} />
      </div>
    );
  }
  return (
    <div>
      <Progress
        label={
          suggestion.waiting
            ? "Waiting for another suggestion to finish"
            : suggestion.first
              ? "Improving the plan"
              : "Reading reports and protected time"
        }
        share={null}
        detail={detailOf(suggestion)}
        onCancel={suggester.cancel}
      />
    </div>
  );
}

type Running = Extract<PlanView["suggestion"], { readonly status: "running" }>;

/** Of what no plan can exceed; the rounding never makes it 100. */
function detailOf({ progress }: Running): string | undefined {
  if (!progress?.bound) return undefined;
  return `${formatCount(Math.floor((100 * progress.objective) / progress.bound))}% of the best possible`;
}

/** "No suggestion: an outreach calendar could not be read." as the end of one sentence. */
function because(detail: string): string {
  const reason = detail.replace(/^No suggestion:\s*/i, "");
  return `No suggestion, because ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
}

const learntDays = demandDefaults.recentDays;
