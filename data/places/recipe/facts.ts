import type { Position } from "#core/geo/cell.ts";

/**
 * Facts of the place, gathered by hand and checked against published street points
 * (4-14 m along the A1010). [lng, lat], WGS84.
 */

/** The A1010 from Seven Sisters to Enfield's Hertford Road, south to north. */
export const a1010: readonly Position[] = [
  [-0.07253, 51.58132],
  [-0.07215, 51.58384],
  [-0.07167, 51.58563],
  [-0.07072, 51.58813],
  [-0.07013, 51.59046],
  [-0.06954, 51.59369],
  [-0.06806, 51.59798],
  [-0.06779, 51.60175],
  [-0.06808, 51.60517],
  [-0.06804, 51.60607],
  [-0.0674, 51.60822],
  [-0.06623, 51.60982],
  [-0.06508, 51.61196],
  [-0.06401, 51.61608],
  [-0.06199, 51.6209],
  [-0.06142, 51.62269],
  [-0.06013, 51.62446],
  [-0.05755, 51.6264],
  [-0.05604, 51.62943],
  [-0.05514, 51.6314],
  [-0.05219, 51.6353],
  [-0.04986, 51.63742],
  [-0.04752, 51.64062],
  [-0.04651, 51.64474],
  [-0.04646, 51.64906],
  [-0.0481, 51.65412],
  [-0.04696, 51.65914],
  [-0.04511, 51.66324],
  [-0.04191, 51.66786],
  [-0.03821, 51.67392],
  [-0.03552, 51.67657],
  [-0.0338, 51.68086],
];

/** Where the A1010 changes its name: at the borough line and at The Broadway's north end. */
export const a1010Names = [
  { name: "Tottenham High Road", southOf: [-0.0669, 51.6089] },
  { name: "Fore Street", southOf: [-0.0607, 51.6243] },
  { name: "Hertford Road", southOf: [-0.0338, 51.68086] },
] as const satisfies readonly { readonly name: string; readonly southOf: Position }[];

export const northCircular: readonly Position[] = [
  [-0.0973, 51.61585],
  [-0.08063, 51.61527],
  [-0.0644, 51.6147],
  [-0.05953, 51.61397],
  [-0.04403, 51.61164],
];

export const stations: readonly { readonly name: string; readonly at: Position }[] = [
  { name: "Bruce Grove", at: [-0.07001, 51.59371] },
  { name: "Edmonton Green", at: [-0.06143, 51.6245] },
  { name: "Meridian Water", at: [-0.0502, 51.61003] },
  { name: "Northumberland Park", at: [-0.0539, 51.60191] },
  { name: "Seven Sisters", at: [-0.07493, 51.58247] },
  { name: "Silver Street", at: [-0.0669, 51.61528] },
  { name: "Tottenham Hale", at: [-0.05994, 51.58812] },
  { name: "White Hart Lane", at: [-0.07075, 51.60458] },
];

/** Places on the A1010 that people name; they stand in the list of corners. */
export const placesOnA1010: readonly { readonly name: string; readonly at: Position }[] = [
  { name: "Bruce Grove", at: [-0.0693, 51.5941] },
  { name: "the stadium", at: [-0.0677, 51.6029] },
  { name: "White Hart Lane", at: [-0.0681, 51.6055] },
  { name: "the borough line", at: [-0.0669, 51.6089] },
  { name: "the North Circular", at: [-0.0644, 51.6147] },
  { name: "Silver Street", at: [-0.0639, 51.6158] },
  { name: "Brettenham Road", at: [-0.0631, 51.6179] },
  { name: "Edmonton police station", at: [-0.0613, 51.6227] },
  { name: "The Broadway", at: [-0.0607, 51.6243] },
];

/**
 * Names in daily use that GeoNames lacks, or holds only to the arc minute (Southgate and Wood Green,
 * placed here on their high streets).
 */
export const neighbourhoodNames: readonly { readonly name: string; readonly at: Position }[] = [
  { name: "Angel Edmonton", at: [-0.0644, 51.6147] },
  { name: "Bruce Grove", at: [-0.0693, 51.5941] },
  { name: "Edmonton Green", at: [-0.0607, 51.6243] },
  { name: "Meridian Water", at: [-0.0502, 51.61003] },
  { name: "Southgate", at: [-0.1278, 51.6308] },
  { name: "Wood Green", at: [-0.11, 51.5977] },
];

/** Wards of both boroughs from 2002 to May 2022, by their codes: of the time that the demonstration is about. */
export const wardNames: Readonly<Record<string, string>> = {
  E05000193: "Bowes",
  E05000194: "Bush Hill Park",
  E05000195: "Chase",
  E05000196: "Cockfosters",
  E05000197: "Edmonton Green",
  E05000198: "Enfield Highway",
  E05000199: "Enfield Lock",
  E05000200: "Grange",
  E05000201: "Haselbury",
  E05000202: "Highlands",
  E05000203: "Jubilee",
  E05000204: "Lower Edmonton",
  E05000205: "Palmers Green",
  E05000206: "Ponders End",
  E05000207: "Southbury",
  E05000208: "Southgate",
  E05000209: "Southgate Green",
  E05000210: "Town",
  E05000211: "Turkey Street",
  E05000212: "Upper Edmonton",
  E05000213: "Winchmore Hill",
  E05000266: "Alexandra",
  E05000267: "Bounds Green",
  E05000268: "Bruce Grove",
  E05000269: "Crouch End",
  E05000270: "Fortis Green",
  E05000271: "Harringay",
  E05000272: "Highgate",
  E05000273: "Hornsey",
  E05000274: "Muswell Hill",
  E05000275: "Noel Park",
  E05000276: "Northumberland Park",
  E05000277: "St Ann's",
  E05000278: "Seven Sisters",
  E05000279: "Stroud Green",
  E05000280: "Tottenham Green",
  E05000281: "Tottenham Hale",
  E05000282: "West Green",
  E05000283: "White Hart Lane",
  E05000284: "Woodside",
};
