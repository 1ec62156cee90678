import { agreementState } from "#core/neighbours/agreement.ts";
import { edgeFigureNotes, noAgreement } from "#core/neighbours/edge-figure.ts";
import { quarterName } from "#core/neighbours/quarter.ts";
import type * as wire from "#core/neighbours/wire.ts";
import { compareText } from "#core/text/text-order.ts";
import { dateName } from "#core/time/words.ts";
import type { Act } from "#server/acts/services.ts";
import { withOptions } from "#server/db/database.ts";
import { agreedArea } from "#server/neighbours/agreed-area.ts";
import {
  agreementInForce,
  agreementReply,
  countingAgreement,
  loadAgreements,
} from "#server/neighbours/agreements.ts";
import { edgeFigures, figureNotes } from "#server/neighbours/figures.ts";
import * as handovers from "#server/neighbours/handovers.ts";
import {
  agreedTotals,
  agreementsOfOlderZones,
  latestTotals,
  loadTotals,
  replacedTotals,
  totalReply,
} from "#server/neighbours/totals.ts";
import { placesOf } from "#server/places/places.ts";

export async function readExchange(act: Act): Promise<wire.ExchangeReply> {
  const { actor } = act;
  const asAt = act.asAt.date();
  const places = await placesOf(act);
  const { edgeZones } = places;
  return withOptions(act.db, { events: true }).transaction(actor, async (tx) => {
    const agreements = await loadAgreements(tx);
    const totals = await loadTotals(tx);
    // The operator neither hands over nor reads handovers.
    const handed = actor.role === "operator" ? [] : await handovers.loadRecords(tx);
    // Every neighbour with ground beyond the line, and any with an agreement.
    const known = edgeZones.filter(({ isInternal, outer }) => !isInternal && outer.length > 0);
    const names = [...new Set([...known, ...agreements].map(({ neighbour }) => neighbour))];
    act.addDetail({ neighbours: names.length });
    const exchangeWith = async (neighbour: string): Promise<wire.NeighbourExchange> => {
      const ofOne = <Row extends { readonly neighbour: string }>(rows: readonly Row[]) =>
        rows.filter((row) => row.neighbour === neighbour);
      const own = ofOne(agreements);
      const counting = countingAgreement(own, asAt);
      const state = counting === null ? "none" : agreementState(counting, asAt);
      const older = agreementsOfOlderZones(own, edgeZones);
      // As the neighbour would see it now; this preview freezes nothing.
      const look = counting && { agreement: counting, places, isShown: false };
      return {
        neighbour,
        state,
        agreement: counting && agreementReply(counting, asAt),
        earlier: own.filter((one) => one !== counting).map((one) => agreementReply(one, asAt)),
        figures: look && state === "in force" ? await edgeFigures(tx, act, look) : [],
        figureNotes: figureNotes(places, neighbour),
        totals: latestTotals(ofOne(totals)).map((total) => totalReply(total, older)),
        replaced: replacedTotals(ofOne(totals)).map((total) => totalReply(total, older)),
        handovers: ofOne(handed).map((one) => handovers.commandHandoverOf(one, actor.person)),
      };
    };
    const neighbours: wire.NeighbourExchange[] = [];
    for (const name of names.sort(compareText)) neighbours.push(await exchangeWith(name));
    return { neighbours, notes: [...edgeFigureNotes] };
  });
}

/** The liaison's view; reading it fixes the figures. Without an agreement only a sentence. */
export async function readOwnExchange(act: Act): Promise<wire.OwnExchangeReply> {
  const neighbour = act.actor.neighbour ?? null;
  const asAt = act.asAt.date();
  const places = await placesOf(act);
  return withOptions(act.db, { events: true }).transaction(act.actor, async (tx) => {
    const agreement = neighbour === null ? null : await agreementInForce(tx, neighbour, asAt);
    act.addDetail({ agreement: agreement?.id ?? null });
    if (neighbour === null || agreement === null) return nothing(neighbour);
    const figures = await edgeFigures(tx, act, { agreement, places, isShown: true });
    const totals = latestTotals(await loadTotals(tx, neighbour));
    const older = agreementsOfOlderZones(await loadAgreements(tx, neighbour), places.edgeZones);
    const handed = await handovers.loadHandovers(tx);
    act.addDetail({ quarters: figures.length, handovers: handed.length });
    const { reference, contactRole, firstQuarter, lastQuarter, expiresOn, zoneHash } = agreement;
    return {
      neighbour,
      sentence: `Agreement ${reference} is in force until ${dateName(expiresOn)}: quarterly totals for the boundary with ${neighbour}, in both directions.`,
      agreement: { reference, contactRole, firstQuarter, lastQuarter, expiresOn, zoneHash },
      figures,
      notes: [...edgeFigureNotes, ...figureNotes(places, neighbour)],
      open: agreedTotals(agreement, asAt).quarters.map((quarter) => ({
        quarter,
        name: quarterName(quarter),
      })),
      totals: totals.map((total) => totalReply(total, older)),
      handovers: handed.map(handovers.handoverReplyOf),
      area: agreedArea(places, agreement),
    };
  });
}

function nothing(neighbour: string | null): wire.OwnExchangeReply {
  const ask =
    neighbour === null
      ? "Your account is not linked to a neighbour. Ask the administrator."
      : "Ask the analyst of the command you exchange with to add one.";
  return {
    neighbour,
    sentence: `${noAgreement} ${ask}`,
    agreement: null,
    area: null,
    figures: [],
    notes: [],
    open: [],
    totals: [],
    handovers: [],
  };
}
