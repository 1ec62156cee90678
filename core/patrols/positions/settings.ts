/** Time between two fixes counts up to this many refreshes; a longer gap counts nowhere. */
export const gapRefreshes = 3;

/** A visit: at least so long in a cell, with nothing as long as `visitGapMinutes` in between. */
export const visitMinutes = 3;
export const visitGapMinutes = 5;

/** Seconds between two fixes of a device that can be given or found. */
export const refreshRange = { least: 1, most: 120 } as const;

/**
 * A day is stored only with so many devices each recorded so long in the area, and a cell only from
 * so many minutes: less would trace one crew (ADR 29).
 */
export const leastDevices = 3;
export const leastDeviceMinutes = 30;
export const leastCellMinutes = 3;

/** Days for which recorded patrol time is kept. */
export const recordedDoseDays = 366;

/** Recorded days that a week needs before its sum is shown. */
export const leastWeekDays = 3;
