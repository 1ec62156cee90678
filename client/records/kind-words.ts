import type { EventCategory, EventKind, EventSource } from "#core/records/event.ts";

export const kindWords: Readonly<Record<EventKind, string>> = {
  complaint: "Complaints",
  sighting: "Sightings",
  arrest: "Arrests",
  stop_search: "Stop and search",
};

/** One of them. */
export const oneKindWords: Readonly<Record<EventKind, string>> = {
  complaint: "Complaint",
  sighting: "Sighting",
  arrest: "Arrest",
  stop_search: "Stop and search",
};

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
