/**
 * Stands in for `server/accounts/password-cost.ts` where tests sign people in (`vite.config.ts`): the same shape at a
 * thousandth of the work. Nothing outside Vitest resolves to this file; `tests/unit/server/accounts/password-hash.test.ts`
 * runs at the real cost.
 */
export const passwordCost = { algorithm: 2, memoryCost: 64, timeCost: 1, parallelism: 1 };

export const nobodysHash =
  "$argon2id$v=19$m=64,t=1,p=1$gwpHdyYwzejbWWHkYJbVAA$yT4cAFLS/8MdX6hispyiP83jyv0k4H6ozFIy39iQUVM";
