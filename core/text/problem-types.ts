/** Type of the refusal of a call that first asks its person to prove to be there; the page asks, and repeats the call. */
export const freshProofType = "/problems/prove-again";

/** Type of the refusal of everything else, until a second factor is set up. */
export const secondFactorType = "/problems/second-factor";
