/** By which the processes of one run name what they share on a server. */
export const runVariable = "BOXSTER_TEST_RUN";

/** Where they find what they share in files. */
export const runFolder = "BOXSTER_TEST_FOLDER";
