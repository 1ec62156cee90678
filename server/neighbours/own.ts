import { edgeFigureNotes, noAgreement } from "#core/neighbours/edge-figure.ts";
import { quarterName } from "#core/neighbours/quarter.ts";
import type { OwnExchangeReply } from "#core/neighbours/wire.ts";
import type { Actor } from "#core/role.ts";
import { dateName } from "#core/time/words.ts";
import type { ActServices } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { agreedArea } from "#server/neighbours/agreed-area.ts";
import { agreementInForce } from "#server/neighbours/agreements.ts";
import { edgeFigures, figureNotes } from "#server/neighbours/figures.ts";
import { handoverReplyOf } from "#server/neighbours/handovers.ts";
import { type Agreement, loadAgreements } from "#server/neighbours/queries/agreements.ts";
import { loadHandovers } from "#server/neighbours/queries/handovers.ts";
import { loadTotals } from "#server/neighbours/queries/neighbour-totals.ts";
import {
  agreedTotals,
  agreementsOfOlderZones,
  latestTotals,
  totalReply,
} from "#server/neighbours/totals.ts";
import { placesOf } from "#server/places/places.ts";

type OwnServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

/** All that a liaison sees, and from this look on its figures stand. Nothing but a sentence without an agreement. */
export async function ownExchange(services: OwnServices, actor: Actor): Promise<OwnExchangeReply> {
  const { db, zone, asAt } = services;
  const neighbour = actor.neighbour ?? null;
  const places = await placesOf(services);
  return withOptions(db, { events: true }).transaction(actor, async (tx) => {
    const agreement =
      neighbour === null ? null : await agreementInForce(tx, neighbour, asAt.date());
    services.addDetail({ agreement: agreement?.id ?? null });
    if (agreement === null) return nothing(neighbour);
    const figures = await edgeFigures(tx, { zone, asAt, agreement, places, isShown: true });
    const totals = latestTotals(await loadTotals(tx, agreement.neighbour));
    const agreements = await loadAgreements(tx, agreement.neighbour);
    const older = agreementsOfOlderZones(agreements, places.edgeZones);
    const handovers = await loadHandovers(tx);
    services.addDetail({ quarters: figures.length, handovers: handovers.length });
    return {
      neighbour,
      sentence: inForce(agreement),
      agreement: {
        reference: agreement.reference,
        contactRole: agreement.contactRole,
        firstQuarter: agreement.firstQuarter,
        lastQuarter: agreement.lastQuarter,
        expiresOn: agreement.expiresOn,
        zoneHash: agreement.zoneHash,
      },
      figures,
      notes: [...edgeFigureNotes, ...figureNotes(places, agreement.neighbour)],
      open: agreedTotals(agreement, asAt.date()).quarters.map((quarter) => ({
        quarter,
        name: quarterName(quarter),
      })),
      totals: totals.map((total) => totalReply(zone, total, older)),
      handovers: handovers.map((handover) => handoverReplyOf(zone, handover)),
      area: agreedArea(places, agreement),
    };
  });
}

function inForce({ reference, expiresOn, neighbour }: Agreement): string {
  return `Agreement ${reference} is in force until ${dateName(expiresOn)}: quarterly totals for the boundary with ${neighbour}, in both directions.`;
}

function nothing(neighbour: string | null): OwnExchangeReply {
  const ask =
    neighbour === null
      ? "Your account is not linked to a neighbour. Ask the administrator."
      : "Ask the analyst of the command you exchange with to add one.";
  return {
    neighbour,
    sentence: `${noAgreement} ${ask}`,
    agreement: null,
    figures: [],
    notes: [],
    open: [],
    totals: [],
    handovers: [],
    area: null,
  };
}
