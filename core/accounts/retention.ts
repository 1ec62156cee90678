/** Days that addresses of refused sign-ins are kept (`boxster retention --address-days`). */
export const usualAddressDays = 90;
export const leastAddressDays = 1;
export const mostAddressDays = 365;
