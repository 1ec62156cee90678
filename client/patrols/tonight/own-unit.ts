import { useEffect } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";
import { address, changeParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { unitKey, type Who } from "#core/patrols/duty/night.ts";
import type { Role } from "#core/role.ts";
import { createZone, formatLocalDate, hourMs } from "#core/time/zone.ts";

/** A sergeant taps for police; what a patrol partner's unit does its coordinator says. */
export function isOwnUnit(role: Role, { patrolPartner }: Who): boolean {
  return role === "warden" || patrolPartner === null;
}

/** Chosen once a night, kept in the address and, between screens, in the page: nothing on the device. */
export function useOwnUnit(units: readonly Who[], now: number) {
  const { timeZone } = useSession();
  // A late shift is still the night before.
  const night = formatLocalDate(createZone(timeZone).toLocal(now - nightBeginsHour * hourMs));
  const params = useStore(address, (at) => at.params);
  const held = useStore(chosen, (unit) => unit);
  const said = params["unit"] ? { unit: params["unit"], night: params["night"] } : held;
  const key = said?.night === night ? said.unit : null;
  const own = units.length === 1 ? units[0] : units.find((who) => unitKey(who) === key);
  useEffect(() => {
    if (key !== null) chosen.set(() => ({ unit: key, night }));
  }, [key, night]);
  const choose = (who: Who) => changeParams("plan", { unit: unitKey(who), night });
  return { own: own ?? null, choose };
}

const nightBeginsHour = 8;

const chosen = createStore<{ unit: string; night: string | undefined } | null>(null);

forgetOnSignOut(() => chosen.set(() => null));
