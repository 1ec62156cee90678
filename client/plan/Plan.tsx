import { useSession } from "#client/app/session-context.ts";
import { Briefing } from "#client/plan/Briefing.tsx";
import { Debrief } from "#client/plan/Debrief.tsx";
import { PhonePlan } from "#client/plan/PhonePlan.tsx";
import { PlanBoard } from "#client/plan/PlanBoard.tsx";
import { Staffing } from "#client/plan/staffing/Staffing.tsx";
import { address } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { useMedia } from "#client/ui/use-media.ts";

/** The week's plan; its briefing; the debrief; and on a phone the last two alone. */
export function Plan() {
  const params = useStore(address, (at) => at.params);
  const { role } = useSession();
  const isNarrow = useMedia("(max-width: 599px)");
  if (params["view"] === "briefing" && params["plan"]) {
    return <Briefing key={params["plan"]} planId={params["plan"]} />;
  }
  if (params["view"] === "staffing" && role === "sergeant") return <Staffing />;
  if (params["view"] === "debrief" && role === "sergeant") return <Debrief />;
  return isNarrow ? <PhonePlan /> : <PlanBoard />;
}
