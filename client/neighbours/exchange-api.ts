import { fetchJson } from "#client/api/fetch.ts";
import * as wire from "#core/neighbours/wire.ts";

export function loadExchange(signal: AbortSignal): Promise<wire.ExchangeReply> {
  return fetchJson("/api/exchange", wire.exchangeReply, { signal });
}

/** All that a liaison's page asks for. */
export function loadOwnExchange(signal: AbortSignal): Promise<wire.OwnExchangeReply> {
  return fetchJson("/api/exchange/own", wire.ownExchangeReply, { signal });
}

export function enterAgreement(body: wire.AgreementBody): Promise<wire.ExchangeReply> {
  return fetchJson("/api/exchange/agreements", wire.exchangeReply, { method: "POST", body });
}

export function giveTotals(body: wire.TotalsBody): Promise<wire.TotalsReply> {
  return fetchJson("/api/exchange/totals", wire.totalsReply, { method: "POST", body });
}

export function checkPatrol(body: wire.PatrolCheckBody): Promise<wire.PatrolCheckReply> {
  return fetchJson("/api/exchange/patrol-check", wire.patrolCheckReply, { method: "POST", body });
}

export async function sayOutreachTold(id: string): Promise<void> {
  await fetchJson(`/api/handovers/${id}/told`, wire.commandHandover, { method: "POST" });
}

export async function acknowledge(id: string): Promise<void> {
  await fetchJson(`/api/handovers/${id}/acknowledge`, wire.handoverReply, { method: "POST" });
}
