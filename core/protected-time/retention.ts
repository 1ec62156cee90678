/** Days after protected time ends until sessions are erased (SAFEGUARDS 18). */
export const sessionDays = 14;
export const footprintViewDays = 90;
