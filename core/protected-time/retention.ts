/** Sessions are erased so long after their protected time ended (SAFEGUARDS 18). */
export const sessionDays = 14;
/** Who looked at footprints, under a name that says nothing, is kept so long. */
export const footprintViewDays = 90;
