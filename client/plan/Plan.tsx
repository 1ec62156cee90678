import { BarControls } from "#client/app/BarControls.tsx";
import { useSession } from "#client/app/session-context.ts";
import { Briefing } from "#client/plan/Briefing.tsx";
import { Debrief } from "#client/plan/Debrief.tsx";
import { PhonePlan } from "#client/plan/PhonePlan.tsx";
import { PlanBoard } from "#client/plan/PlanBoard.tsx";
import { Staffing } from "#client/plan/staffing/Staffing.tsx";
import { Attended } from "#client/police/Attended.tsx";
import { MayWeBeHere } from "#client/police/MayWeBeHere.tsx";
import { Tonight } from "#client/police/Tonight.tsx";
import { openPoliceView } from "#client/police/views.ts";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { useIsPhone } from "#client/ui/use-media.ts";

/** The week's plan; its briefing; the debrief; and on a phone the last two alone. */
export function Plan() {
  const params = useStore(address, (at) => at.params);
  const { role } = useSession();
  const isPhone = useIsPhone();
  const view = params["view"];
  if (role !== "sergeant") return isPhone ? <PhonePlan /> : <PlanBoard />;
  if (view === "ask") return <MayWeBeHere />;
  if (view === "attended") return <Attended />;
  if (view === "staffing") return <Staffing />;
  if (view === "debrief") return <Debrief />;
  const isBriefing = view === "briefing" && params["plan"] !== undefined;
  return (
    <>
      <Tonight isOut={isPhone} withList={isPhone && !isBriefing} />
      {isBriefing ? (
        <Briefing key={params["plan"]} planId={params["plan"] ?? ""} />
      ) : isPhone ? (
        <PhonePlan />
      ) : (
        <>
          <BarControls>
            <Button onClick={() => openPoliceView("ask")}>Check a place and time</Button>
            <Button onClick={() => openPoliceView("attended")}>Log an emergency</Button>
          </BarControls>
          <PlanBoard />
        </>
      )}
    </>
  );
}
