/** The numbers of a protected footprint (DEFINITIONS); lowering one weakens every session. */

/** A place is moved by up to this much, once, and its radius grows by as much. */
export const offsetM = 150;
/** Rings of cells around the overlapping cover. */
export const footprintRings = 1;
export const leastRadiusM = 25;
export const mostRadiusM = 1_000;
export const usualRadiusM = 150;
/** A drawn area is at least as large as the smallest circle... */
export const leastAreaM2 = 1_960;
/** ...and at most this far from end to end: a closure of that size takes a ward from every patrol. */
export const mostAcrossM = 3_000;
/** How long a corridor may be, and how far to each side of the route it reaches. */
export const mostCorridorM = 5_000;
export const leastHalfWidthM = 25;
export const mostHalfWidthM = 250;
export const usualHalfWidthM = 50;
export const mostOutlineCorners = 80;
/** Half of the greatest extent of any outline. */
export const mostReachM = 3_000;

/** Closed before the start and after the end of a session. */
export const marginMinutes = 30;
/** Protected time begins and ends on these marks of the wall clock. */
export const roundingMinutes = 30;

/** How far ahead occurrences are known; a patrol beyond that is refused. */
export const horizonWeeks = 26;
/** A session cancelled or moved later than this before its start stays closed. */
export const lateHours = 24;

/** A session longer than this is more often a slip of the finger: it is asked about. */
export const askedHours = 12;
/** A closure larger or longer than this closes at once, and a second person of its partner is asked. */
export const secondPersonRadiusM = 400;
export const secondPersonHours = 6;

/** How long a partner may take back its word that police came. */
export const takeBackMinutes = 60;

/** A calendar is fresh for this many days after it was confirmed... */
export const freshDays = 7;
/** ...for plans that end at most this many days after it was confirmed. */
export const planDays = 14;
/** An unconfirmed calendar stays closed this much longer on each side. */
export const assumedHours = 1;

/** How far ahead a sergeant sees protected time. */
export const keepClearDays = 14;

/** A place further from Fore Street than this is a slip of the finger or swapped coordinates. */
export const studyCentre: readonly [lng: number, lat: number] = [-0.0644, 51.6147];
export const studyReachM = 40_000;
