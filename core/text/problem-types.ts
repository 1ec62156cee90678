/** Type of the refusal of a call that first asks its person to prove to be there; the page asks, and repeats the call. */
export const freshProofType = "/problems/prove-again";

/** Type of the refusal of everything else, until a second factor is set up. */
export const secondFactorType = "/problems/second-factor";

/** Type of the refusal of a new name that looks like another one; the page asks, and repeats the call. */
export const looksAlikeType = "/problems/looks-alike";

/** The header in which Boxster's own page shows that it could read the answer of GET /api/session. */
export const pageTokenHeader = "x-boxster-token";

/** Title of the refusal that a page meets which was opened under another session. */
export const stalePageTitle = "This page is out of date";
