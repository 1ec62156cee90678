/** The addresses that refused sign-ins came from are kept so long, unless set otherwise (`boxster retention --address-days`). */
export const usualAddressDays = 90;
export const leastAddressDays = 1;
export const mostAddressDays = 365;
