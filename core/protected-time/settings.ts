/** The numbers of a protected footprint (DEFINITIONS); lowering one weakens every session. */

/** Places are snapped to cells of this resolution (9.4 ha, about 350 m across)... */
export const latticeResolution = 9;
/** ...or to all seven under a parent of this one, where the partner chooses "wider" (66 ha, about 930 m across). */
export const widerResolution = 8;
/** Distance at which a point still counts as a saved place: the error of a finger. */
export const nearM = 25;
/** Margins kept clear around a place's lattice cell: a radius is rounded up to one of these. */
export const radiusClassesM = [100, 150, 200, 300, 400] as const;
export type RadiusClass = (typeof radiusClassesM)[number];
export const usualRadiusM = 150;
/** The class of every area and route. */
export const outlineClassM = 100;
/** Rings of cells around the overlapping cover. */
export const footprintRings = 1;
/** No outline within the limits below overlaps more of them. */
export const mostLatticeCells = 250;
/** A drawn area is at least as large as the smallest circle... */
export const leastAreaM2 = 1_960;
/** ...and at most this far across: a larger closure takes a ward from every patrol. */
export const mostAcrossM = 3_000;
/** Longest corridor, and its reach to each side. */
export const mostCorridorM = 5_000;
export const leastHalfWidthM = 25;
export const mostHalfWidthM = 250;
export const usualHalfWidthM = 50;
export const mostOutlineCorners = 80;

/** Closed before the start and after the end of a session. */
export const marginMinutes = 30;
/** Protected time starts and ends on these wall-clock marks. */
export const roundingMinutes = 30;

/** Occurrences are known this far ahead; patrols beyond are refused. */
export const horizonWeeks = 26;
/** A session cancelled or moved later than this before its start stays closed. */
export const lateHours = 24;

/** A longer session is probably a mistake: the page asks. */
export const askedHours = 12;
/**
 * A closure of more cells than any place has by itself (400 m around a lattice cell: 137), or longer than this,
 * closes at once, and a second person of its partner is asked.
 */
export const secondPersonCells = 140;
export const secondPersonHours = 6;

/** Between asking to leave and erasure: anyone of the partner can undo it. */
export const leavingWaitsMs = 24 * 3_600_000;

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
