import { fetchJson } from "#client/api/fetch.ts";
import {
  type AgreementBody,
  commandHandover,
  type ExchangeReply,
  exchangeReply,
  handoverReply,
  type OwnExchangeReply,
  ownExchangeReply,
  type PatrolCheckBody,
  type PatrolCheckReply,
  patrolCheckReply,
  type TotalsBody,
  type TotalsReply,
  totalsReply,
} from "#core/neighbours/wire.ts";

export function loadExchange(signal: AbortSignal): Promise<ExchangeReply> {
  return fetchJson("/api/exchange", exchangeReply, { signal });
}

/** All that a liaison's page asks for. */
export function loadOwnExchange(signal: AbortSignal): Promise<OwnExchangeReply> {
  return fetchJson("/api/exchange/own", ownExchangeReply, { signal });
}

export function enterAgreement(body: AgreementBody): Promise<ExchangeReply> {
  return fetchJson("/api/exchange/agreements", exchangeReply, { method: "POST", body });
}

export function giveTotals(body: TotalsBody): Promise<TotalsReply> {
  return fetchJson("/api/exchange/totals", totalsReply, { method: "POST", body });
}

export function checkPatrol(body: PatrolCheckBody): Promise<PatrolCheckReply> {
  return fetchJson("/api/exchange/patrol-check", patrolCheckReply, { method: "POST", body });
}

export async function sayOutreachTold(id: string): Promise<void> {
  await fetchJson(`/api/handovers/${id}/told`, commandHandover, { method: "POST" });
}

export async function acknowledge(id: string): Promise<void> {
  await fetchJson(`/api/handovers/${id}/acknowledge`, handoverReply, { method: "POST" });
}
