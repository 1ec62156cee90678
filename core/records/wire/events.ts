/** Beside a file of events: how many the older one has, so that a page need not ask for an empty one. */
export const olderRowsHeader = "boxster-older-events";
