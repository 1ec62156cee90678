/** What a partner has said of a place plan is kept so long. */
export const planCommentDays = 365;
