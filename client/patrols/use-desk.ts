import { useMemo } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { type BoardDesk, openDesk } from "#client/patrols/board-desk.ts";
import { loadWorth } from "#client/patrols/plan-api.ts";
import type { KeepClear } from "#client/patrols/use-keep-clear.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { zoneNamed } from "#client/state/zone.ts";
import type { WorthReply } from "#core/patrols/wire/board.ts";

const nothing: WorthReply = {
  total: 1,
  reachMinutes: 120,
  cells: [],
  rates: [],
  logged: [],
  staffing: null,
};

/** What the page judges a dragged window by; null while there is no plan to change. */
export function useDesk(view: PlanView, keepClear: KeepClear): BoardDesk | null {
  const zone = zoneNamed(useSession().timeZone);
  const { plan, plans, canPlan } = view;
  const id = canPlan ? (plan?.id ?? null) : null;
  // Asked again when there are other stops; a move changes none.
  const stops = plan?.windows.map((window) => window.stops.map(({ cell }) => cell).join()).join();
  const { resource } = useFetched(`worth ${id} ${stops}`, async (signal) =>
    id === null ? nothing : loadWorth(id, signal),
  );
  const worth = hasValue(resource) ? resource.value : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: of the view it reads plan and plans.
  return useMemo(
    () => (canPlan ? openDesk(view, keepClear, zone, worth) : null),
    [plan, plans, canPlan, keepClear, zone, worth],
  );
}
