import type { EventCategory, EventSource } from "#core/records/event.ts";

export const sourceWords: Readonly<Record<EventSource, string>> = {
  resident: "Residents",
  partner: "Partners",
  police: "Police",
};

export const categoryWords: Readonly<Record<EventCategory, string>> = {
  kerb_crawling: "Kerb crawling",
  street_sex_work: "Street sex work",
  asb: "Antisocial behaviour",
  litter_needles: "Litter and needles",
  traffic: "Traffic",
  other: "Other",
};
