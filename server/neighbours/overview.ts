import { agreementState } from "#core/neighbours/agreement.ts";
import { edgeFigureNotes } from "#core/neighbours/edge-figure.ts";
import type * as wire from "#core/neighbours/wire.ts";
import type { Actor } from "#core/role.ts";
import { compareText } from "#core/text/text-order.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { ActServices } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { countingAgreement } from "#server/neighbours/agreements.ts";
import { edgeFigures, figureNotes } from "#server/neighbours/figures.ts";
import { commandHandoverOf } from "#server/neighbours/handovers.ts";
import { type Agreement, loadAgreements } from "#server/neighbours/queries/agreements.ts";
import { type HandoverRecord, loadHandoverRecords } from "#server/neighbours/queries/handovers.ts";
import { loadTotals, type NeighbourTotal } from "#server/neighbours/queries/neighbour-totals.ts";
import {
  agreementsOfOlderZones,
  latestTotals,
  replacedTotals,
  totalReply,
} from "#server/neighbours/totals.ts";
import { type Places, placesOf } from "#server/places/places.ts";

type OverviewServices = Pick<ActServices, "db" | "zone" | "asAt" | "addDetail">;

interface Held {
  readonly agreements: readonly Agreement[];
  readonly totals: readonly NeighbourTotal[];
  readonly handovers: readonly HandoverRecord[];
}

/** The exchange as one's own command sees it: with whom, what leaves, what came. */
export async function exchangeOverview(
  services: OverviewServices,
  actor: Actor,
): Promise<wire.ExchangeReply> {
  const { db } = services;
  const places = await placesOf(services);
  return withOptions(db, { events: true }).transaction(actor, async (tx) => {
    const held: Held = {
      agreements: await loadAgreements(tx),
      totals: await loadTotals(tx),
      // The operator hands nothing over and reads none.
      handovers: actor.role === "operator" ? [] : await loadHandoverRecords(tx),
    };
    const names = namesOf(places, held);
    services.addDetail({ neighbours: names.length });
    const neighbours: wire.NeighbourExchange[] = [];
    for (const name of names) {
      neighbours.push(
        await neighbourExchange(tx, { ...services, places, held, name, reader: actor.person }),
      );
    }
    return { neighbours, notes: [...edgeFigureNotes] };
  });
}

/** Every neighbour with ground beyond the line, and whoever something was agreed with. */
function namesOf({ edgeZones }: Places, { agreements }: Held): string[] {
  const known = edgeZones.filter(({ isInternal, outer }) => !isInternal && outer.length > 0);
  const names = [...known, ...agreements].map(({ neighbour }) => neighbour);
  return [...new Set(names)].sort(compareText);
}

async function neighbourExchange(
  tx: Transaction,
  asked: Pick<ActServices, "zone" | "asAt"> & {
    readonly places: Places;
    readonly held: Held;
    readonly name: string;
    readonly reader: string;
  },
): Promise<wire.NeighbourExchange> {
  const { zone, asAt, held, name, reader } = asked;
  const own = <Row extends { readonly neighbour: string }>(rows: readonly Row[]) =>
    rows.filter(({ neighbour }) => neighbour === name);
  const agreements = own(held.agreements);
  const counting = countingAgreement(agreements, asAt.date());
  const state = counting === null ? "none" : agreementState(counting, asAt.date());
  const totals = own(held.totals);
  const older = agreementsOfOlderZones(agreements, asked.places.edgeZones);
  const reply = (one: Agreement) => agreementReply(zone, one, asAt.date());
  return {
    neighbour: name,
    state,
    agreement: counting && reply(counting),
    earlier: agreements.filter((one) => one !== counting).map(reply),
    figures: counting && state === "in force" ? await leaving(tx, asked, counting) : [],
    figureNotes: figureNotes(asked.places, name),
    totals: latestTotals(totals).map((total) => totalReply(zone, total, older)),
    replaced: replacedTotals(totals).map((total) => totalReply(zone, total, older)),
    handovers: own(held.handovers).map((record) => commandHandoverOf(zone, record, reader)),
  };
}

/** As the neighbour would see it now; a look from here freezes nothing. */
function leaving(
  tx: Transaction,
  { zone, asAt, places }: Pick<ActServices, "zone" | "asAt"> & { readonly places: Places },
  agreement: Agreement,
): Promise<wire.EdgeFigureReply[]> {
  return edgeFigures(tx, { zone, asAt, agreement, places, isShown: false });
}

export function agreementReply(
  zone: Zone,
  agreement: Agreement,
  asAtDate: string,
): wire.AgreementReply {
  const { id, reference, contactRole, outreachContact, firstQuarter, lastQuarter } = agreement;
  const { startsOn, expiresOn, cells, enteredAt } = agreement;
  return {
    id,
    reference,
    contactRole,
    outreachContact,
    cells: cells.length,
    firstQuarter,
    lastQuarter,
    startsOn,
    expiresOn,
    state: agreementState(agreement, asAtDate),
    enteredAt: formatInstant(zone, enteredAt),
  };
}
