import { isIPv6 } from "node:net";

/** For IPv6 the /64, since one caller has all its addresses. */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  return isIPv6(plain) ? groupsOf(plain).slice(0, 4).join(":") : plain;
}

/**
 * First 48 bits of an IPv6 address, which one house or firm may own whole: 65,536 networks. Null
 * for IPv4 and any other form.
 */
export function siteOf(address: string): string | null {
  const plain = plainAddress(address);
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, 3).join(":")}::/48` : null;
}

/** A /48's limit in multiples of one network: it can be one caller or a town. */
export const siteShare = 8;

/** Unwraps `::ffff:192.0.2.1`. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
}

/** The eight groups, without leading zeros. */
export function groupsOf(address: string): string[] {
  const [head = "", tail] = address.toLowerCase().split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail ? tail.split(":") : [];
  const between = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array<string>(between).fill("0"), ...last];
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}

/** Also IPv4 loopback written for IPv6. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[(.*)\]$/, "$1").replace(/^::ffff:(?=\d+\.)/, "");
  return plain === "localhost" || plain === "::1" || /^127(\.\d{1,3}){3}$/.test(plain);
}
