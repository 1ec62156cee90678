import { fetchJson } from "#client/api/fetch.ts";
import { type BannersReply, bannersReply } from "#core/wire/displacement.ts";
import { type PanelReply, panelReply } from "#core/wire/panel.ts";

/** Public figures: the one reply that the panel is made of, shapes included. */
export function loadPanel(signal: AbortSignal): Promise<PanelReply> {
  return fetchJson("/api/public/panel", panelReply, { signal });
}

/** What presenter mode must not hide: a fall in the core with a rise at an edge. No figures. */
export async function loadBanners(signal: AbortSignal): Promise<BannersReply["banners"]> {
  return (await fetchJson("/api/displacement/banners", bannersReply, { signal })).banners;
}
