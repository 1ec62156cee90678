/** Days after protected time ends until sessions are erased (SAFEGUARDS 18). */
export const sessionDays = 14;
/** Days that pseudonymous views of footprints are kept. */
export const footprintViewDays = 90;
