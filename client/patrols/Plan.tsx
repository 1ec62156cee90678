import { useSession } from "#client/accounts/session-context.ts";
import { Briefing } from "#client/patrols/briefing/Briefing.tsx";
import { PhonePlan } from "#client/patrols/briefing/PhonePlan.tsx";
import { Debrief } from "#client/patrols/debrief/Debrief.tsx";
import { PlanBoard } from "#client/patrols/PlanBoard.tsx";
import { Attended } from "#client/patrols/police/Attended.tsx";
import { MayWeBeHere } from "#client/patrols/police/MayWeBeHere.tsx";
import { Tonight } from "#client/patrols/police/Tonight.tsx";
import { openPoliceView } from "#client/patrols/police/views.ts";
import { Staffing } from "#client/patrols/staffing/Staffing.tsx";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { BarControls } from "#client/ui/BarControls.tsx";
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
