import type { ReactNode } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { DebriefLink } from "#client/patrols/debrief/Debrief.tsx";
import { EncountersField } from "#client/patrols/Encounters.tsx";
import { nowOn } from "#client/patrols/now.ts";
import { PlanHistory } from "#client/patrols/PlanHistory.tsx";
import { openPage } from "#client/patrols/plan-pages.tsx";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { bestCount, isLost } from "#client/patrols/plan-words.ts";
import { useToldAct } from "#client/patrols/use-told-act.ts";
import { kindNames } from "#client/patrols/wardens/patrol-partners.ts";
import { WeekGrid } from "#client/patrols/week/WeekGrid.tsx";
import { firstRequest } from "#client/patrols/window/AddWindow.tsx";
import { WindowTable } from "#client/patrols/window/WindowTable.tsx";
import { shownToText } from "#client/protected-time/keep-clear.ts";
import { Button } from "#client/ui/Button.tsx";
import { Hatch } from "#client/ui/Hatch.tsx";
import { Popover } from "#client/ui/Popover.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { type NewPlanBody, planCalls } from "#core/patrols/wire/board.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { createZone } from "#core/time/zone.ts";
import "#client/patrols/plan-foot.css";
import { undoHistory } from "#client/state/undo.ts";

export type PictureKind = "week" | "list";

export function PlanPicture({
  picture,
  onPicture,
}: {
  readonly picture: PictureKind;
  readonly onPicture: (picture: PictureKind) => void;
}) {
  const { view } = usePlanParts();
  return (
    <>
      <div className="plan__picture grow gives scrolls">
        {picture === "week" ? <WeekGrid /> : <WindowTable />}
      </div>
      <div className="plan__foot pad-2-4 row wrap middle gap-2">
        <Segmented
          hasHiddenLabel
          label="Show as"
          value={picture}
          options={[
            { value: "week", label: "Week" },
            { value: "list", label: "List" },
          ]}
          onChange={onPicture}
        />
        {view.kinds.length > 1 ? (
          <Segmented
            hasHiddenLabel
            label="Units"
            value={view.kind ?? "all"}
            options={[
              { value: "all", label: "All" },
              ...view.kinds.map((value) => ({
                value,
                label: value === "police" ? "Police" : kindNames[value],
              })),
            ]}
            onChange={(kind) => view.chooseKind(kind === "all" ? null : kind)}
          />
        ) : null}
        <BoardTools />
        {picture === "week" ? (
          <ul className="plan__legend marked small gap-1-4 row wrap no-print" aria-label="Legend">
            <Drawn as="suggested">Suggested</Drawn>
            <Drawn as="agreed">Approved</Drawn>
            {view.isOwn ? null : <Drawn as="best">{`Top ${bestCount} by effect`}</Drawn>}
            {view.week.patrols.some(({ window }) => isLost(window)) ? (
              <Drawn as="gone surface">
                <s>No longer available</s>
              </Drawn>
            ) : null}
            {view.canPlan ? (
              <li>
                <Hatch /> <KeepClearWords />
              </li>
            ) : null}
            {view.canPlan && view.window ? (
              <li>
                <Hatch /> Over the week: chosen patrol cannot be here
              </li>
            ) : null}
          </ul>
        ) : null}
      </div>
    </>
  );
}

function Drawn({ as, children }: { readonly as: string; readonly children: ReactNode }) {
  return (
    <li>
      <span className={`plan__swatch still plan__swatch--${as}`} aria-hidden="true" /> {children}
    </li>
  );
}

function KeepClearWords() {
  const { shownUntil, failed } = usePlanParts().keepClear;
  return (
    <span>
      Keep clear (see map)
      {failed ? ": could not be loaded; reload the page" : null}
      {shownUntil ? `, ${shownToText(shownUntil)}` : null}
    </span>
  );
}

function BoardTools() {
  const { view, board } = usePlanParts();
  const { asAt, timeZone } = useSession();
  const zone = createZone(timeZone);
  const { plan } = view;
  const planId = plan?.id;
  if (!view.canPlan) return null;
  return (
    <div className="plan__tools no-print">
      <DebriefLink />
      <Button icon="person" onClick={() => openPage("staffing")}>
        Staffing
      </Button>
      {plan && planId && view.canSuggest ? (
        <>
          <Button
            icon="plus"
            disabled={!board.canChange || plan.status === "withdrawn"}
            onClick={() => board.startAdding(firstRequest(zone, plan, nowOn(zone, asAt)))}
          >
            Add a patrol
          </Button>
          <Popover name="History of this plan" label="History">
            {() => <PlanHistory key={plan.number} planId={planId} />}
          </Popover>
        </>
      ) : null}
      {view.canSuggest ? <OtherStarts /> : null}
    </div>
  );
}

function OtherStarts() {
  const { view } = usePlanParts();
  const { body } = view;
  const { isBusy, run } = useToldAct(view.reload);
  const isHeld = isBusy || !body || view.suggestion.status === "running";
  const start = (origin: NewPlanBody["origin"]) => {
    if (!body) return;
    const { from, days, units, shifts } = body;
    void run(async () => {
      const plan = await ask(planCalls.start, { body: { from, days, units, shifts, origin } });
      undoHistory.end();
      view.choosePlan(plan.id);
      return startedWords(plan);
    });
  };
  return (
    <Popover name="Start differently" label="Start differently">
      {(close) => (
        <div className="plan__starts stack start gap-2">
          <Button
            disabled={isHeld}
            onClick={() => {
              close();
              start("last_week");
            }}
          >
            Copy last week
          </Button>
          <p className="quiet small">
            Last week's approved patrols, same hours and units, where they fit.
          </p>
          <Button
            disabled={isHeld}
            onClick={() => {
              close();
              start("by_hand");
            }}
          >
            Start by hand
          </Button>
          <p className="quiet small">
            An empty plan. Either way suggestions for these days are replaced and approved patrols
            stay.
          </p>
          <EncountersField />
        </div>
      )}
    </Popover>
  );
}

function startedWords({ origin, windows, refused }: PlanReply): string {
  if (origin === "by_hand") return "Empty plan: add patrols";
  const left =
    refused.length === 0 ? "" : `; ${formatQuantity(refused.length, "other")} did not fit`;
  return windows.length === 0 && refused.length === 0
    ? "No approved patrols last week"
    : `Copied ${formatQuantity(windows.length, "patrol")}${left}`;
}
