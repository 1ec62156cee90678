/** Why a row has no usable place; follows a count in results: "12 refused: ...". */
export const placeFaultWords = {
  empty: "without a place",
  unreadable: "with a place that cannot be read",
  swapped: "with axes that look swapped",
  sign_lost: "with a longitude that lost its sign",
  wrong_unit: "with degrees for metres or metres for degrees",
  letters_missing: "without the letters or figures of the 100 km square",
  wrong_square: "with the letters of another 100 km square",
  too_coarse: "with a square or a postcode district too large for a cell",
  outside: "outside the area",
  street_unknown: "with a street that the gazetteer does not know",
  street_ambiguous: "with a street that lies in several places",
  street_long: "with a street too long for one cell",
  postcode_unknown: "with a postcode that the gazetteer does not know",
  borough_unknown: "with a borough or district that the gazetteer does not know",
  not_in_borough: "with a street that is not in the borough named",
} as const;
export type PlaceFaultKind = keyof typeof placeFaultWords;
export const placeFaultKinds = Object.keys(placeFaultWords) as readonly PlaceFaultKind[];

export function isPlaceFaultKind(text: string): text is PlaceFaultKind {
  return Object.hasOwn(placeFaultWords, text);
}

/** How an event's cell was found; stored with it. */
export const placeMethodWords = {
  point: "by a point",
  grid_100m: "by a grid square of 100 m",
  postcode: "by the postcode",
  street: "by the street's name",
  street_in_borough: "by the street's name and its borough",
} as const;
export type PlaceMethod = keyof typeof placeMethodWords;
export const placeMethods = Object.keys(placeMethodWords) as readonly PlaceMethod[];

export function isPlaceMethod(text: string): text is PlaceMethod {
  return Object.hasOwn(placeMethodWords, text);
}
