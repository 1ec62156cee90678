/** The most units that police, and each patrol partner, may have. */
export const mostUnits = 12;

/**
 * Police have units 1 to 12, the first patrol partner 101 to 112, the next 201 to 212: no number is
 * anybody else's, so that none tells of others or takes from them (SAFEGUARDS 23).
 */
const perPartner = 100;

/** As it is said beside whose it is. */
export const unitNumber = (unit: number) => unit % perPartner;

/** The number of the patrol partner whose unit it is; 0 of police. */
export const partnerOfUnit = (unit: number) => Math.floor(unit / perPartner);

export const unitOf = (partner: number, number: number) => partner * perPartner + number;

/** All numbers of whoever has this unit. */
export const unitsLike = (unit: number, count = mostUnits) =>
  Array.from({ length: count }, (_, at) => unitOf(partnerOfUnit(unit), at + 1));

/** On staffed dates units are those on duty, not a fixed number. */
export const unitsOf = (plan: {
  readonly units: number;
  readonly options: { readonly staffedDates: readonly string[] } | null;
}) => Math.max(plan.units, plan.options?.staffedDates.length ? mostUnits : 0);
