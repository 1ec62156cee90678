/**
 * Stands in for `server/upkeep/backup/seal-cost.ts` where tests write backups (`vite.config.ts`): a thousandth of the work.
 * Nothing outside Vitest resolves to this file; `tests/unit/server/upkeep/seal.test.ts` runs at the real cost.
 */
export const sealCost = { N: 2 ** 7, r: 8, p: 1 };
