/**
 * One hash costs 200 to 350 ms of a core: 64 MiB filled ten times (210 ms of processor time on a
 * small two-core server). A guessing machine pays the memory for each guess (RFC 9106, 4: the
 * second recommended choice, with more passes). Fixed in code: no setting lowers it.
 */
export const passwordCost = {
  algorithm: 2 /* argon2id */,
  memoryCost: 65_536,
  timeCost: 10,
  parallelism: 1,
};

/** Hash of discarded random bytes at the same cost, compared against when there is no password. */
export const nobodysHash =
  "$argon2id$v=19$m=65536,t=10,p=1$RClO4OQE1guWP1EcB1bxqQ$OAs9AIZGKJGZ60MoTXu8AZs0PwMjSyyQ0QG2pW1WNjE";
