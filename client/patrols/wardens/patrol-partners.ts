import { useEffect } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { hasValue } from "#client/api/resource.ts";
import { keptCall } from "#client/live/kept.ts";
import { useStore } from "#client/state/use-store.ts";
import {
  type PatrolPartner,
  type PatrolPartnerKind,
  patrolPartnerCalls,
} from "#core/patrols/wire/patrol-partners.ts";
import type { WindowReply } from "#core/patrols/wire/plan.ts";
import { unitNumber } from "#core/patrols/wire/unit.ts";

export const patrolPartners = keptCall(patrolPartnerCalls.list);

export const kindNames: Readonly<Record<PatrolPartnerKind, string>> = {
  wardens: "Wardens",
  marshals: "Marshals",
  security: "Security",
};

/** Whose unit it is. */
export type UnitKind = "police" | PatrolPartnerKind;

export type OfUnit = Pick<WindowReply, "unit" | "patrolPartner">;

const none: readonly PatrolPartner[] = [];

/** Beside police; a warden coordinator has own units alone, and needs no names for them. */
export function usePatrolPartners(): readonly PatrolPartner[] {
  const { role } = useSession();
  const resource = useStore(patrolPartners.store, (state) => state);
  useEffect(() => {
    if (role === "sergeant" || role === "analyst") patrolPartners.ensure();
  }, [role]);
  return hasValue(resource) ? resource.value.patrolPartners : none;
}

export function kindOf(
  partners: readonly PatrolPartner[],
  { patrolPartner }: Pick<OfUnit, "patrolPartner">,
): UnitKind {
  return partners.find(({ code }) => code === patrolPartner)?.kind ?? "police";
}

/** "Unit 2", and "Wardens 2" of a patrol partner, or its name where others are of its kind; short, "U2" and "W2". */
export function useUnitTitle(): (of: OfUnit, isShort?: boolean) => string {
  const partners = usePatrolPartners();
  return (of, isShort = false) => {
    const own = partners.find(({ code }) => code === of.patrolPartner);
    const kind = own ? kindNames[own.kind] : "Unit";
    const isOnly = partners.every((one) => one === own || one.kind !== own?.kind);
    const [name, number] = [own && !isOnly ? own.name : kind, unitNumber(of.unit)];
    return isShort ? `${kind.charAt(0)}${number}` : `${name} ${number}`;
  };
}
