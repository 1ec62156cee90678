/** Refusal type that asks for proof of presence first; the page asks, and repeats the call. */
export const freshProofType = "/problems/prove-again";

/** Refusal of everything else until a second factor is set up. */
export const secondFactorType = "/problems/second-factor";

/** Refusal of a new name that looks like another; the page asks, and repeats the call. */
export const looksAlikeType = "/problems/looks-alike";

/** Proves that Boxster's own page read the reply of GET /api/session. */
export const pageTokenHeader = "x-boxster-token";

/** Title of the refusal for a page opened in another session. */
export const stalePageTitle = "This page is out of date";
