import type { Random } from "#core/random.ts";
import type { EventCategory, EventSource } from "#core/records/event.ts";
import type { EventKind } from "#core/records/kinds.ts";
import { pickKey } from "#data/demo/draw.ts";
import type { MixName } from "#data/demo/settings.ts";

export interface Report {
  readonly kind: EventKind;
  readonly source: EventSource;
  readonly category: EventCategory;
}

/** What is reported where: on the street itself, on the estates by the river, anywhere else. */
const categoryMixes: Readonly<Record<MixName, Readonly<Record<EventCategory, number>>>> = {
  street: {
    kerb_crawling: 36,
    street_sex_work: 22,
    asb: 21,
    litter_needles: 12,
    traffic: 5,
    other: 4,
  },
  estate: {
    kerb_crawling: 44,
    street_sex_work: 26,
    asb: 10,
    litter_needles: 14,
    traffic: 4,
    other: 2,
  },
  elsewhere: {
    kerb_crawling: 9,
    street_sex_work: 6,
    asb: 45,
    litter_needles: 14,
    traffic: 12,
    other: 14,
  },
};

/** Residents complain and see; partners see. */
const channelMixes: Readonly<Record<EventCategory, Readonly<Record<Channel, number>>>> = {
  kerb_crawling: { complaint: 62, residentSighting: 28, partnerSighting: 10 },
  street_sex_work: { complaint: 30, residentSighting: 28, partnerSighting: 42 },
  asb: { complaint: 78, residentSighting: 20, partnerSighting: 2 },
  litter_needles: { complaint: 74, residentSighting: 14, partnerSighting: 12 },
  traffic: { complaint: 85, residentSighting: 15, partnerSighting: 0 },
  other: { complaint: 70, residentSighting: 25, partnerSighting: 5 },
};
type Channel = "complaint" | "residentSighting" | "partnerSighting";

export function drawReport(random: Random, mix: MixName): Report {
  const category = pickKey<EventCategory>(random, categoryMixes[mix]);
  const channel = pickKey<Channel>(random, channelMixes[category]);
  return {
    kind: channel === "complaint" ? "complaint" : "sighting",
    source: channel === "partnerSighting" ? "partner" : "resident",
    category,
  };
}
