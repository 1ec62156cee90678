/** The header in which Boxster's own page shows that it could read the answer of GET /api/session. */
export const pageTokenHeader = "x-boxster-token";

/** Title of the refusal that a page meets which was opened under another session. */
export const stalePageTitle = "This page is out of date";
