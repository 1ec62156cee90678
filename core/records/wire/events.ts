/** Beside a file of events: how many the older one has, so that a page need not ask for an empty one. */
export const olderRowsHeader = "boxster-older-events";

/** The same beside both files that belong together: between two requests records may come in, or a month end. */
export const eventsPairHeader = "boxster-events-pair";
