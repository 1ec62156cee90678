/** 128 MiB and about half a second a guess; a number of the format, so that no file can ask for more. */
export const sealCost = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 };
