import { isIPv6 } from "node:net";

/** An address as limits count it: of IPv6 the 64 bits of the network, for one caller has all the addresses in it. */
export function networkOf(address: string): string {
  const plain = plainAddress(address);
  return isIPv6(plain) ? groupsOf(plain).slice(0, 4).join(":") : plain;
}

/**
 * The first 48 bits of an address of IPv6, which one house or firm may have whole: 65,536 networks. Null for IPv4, and for
 * whoever is written otherwise.
 */
export function siteOf(address: string): string | null {
  const plain = plainAddress(address);
  return isIPv6(plain) ? `${groupsOf(plain).slice(0, 3).join(":")}::/48` : null;
}

/** How many times what one network may a whole /48 may: it can be one caller, or a town's. */
export const siteShare = 8;

/** An IPv4 address that arrives on an IPv6 socket is written as `::ffff:192.0.2.1`. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, "").replace(/%.*$/, "");
}

/** The eight groups of an address of IPv6, without zeros before. */
export function groupsOf(address: string): string[] {
  const [head = "", tail] = address.toLowerCase().split("::");
  const first = head === "" ? [] : head.split(":");
  const last = tail ? tail.split(":") : [];
  const between = tail === undefined ? 0 : Math.max(0, 8 - first.length - last.length);
  const groups = [...first, ...Array<string>(between).fill("0"), ...last];
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}

/** A name or an address of this machine itself; an IPv4 one may arrive written for IPv6. */
export function isLoopback(host: string): boolean {
  const plain = host.replace(/^\[(.*)\]$/, "$1").replace(/^::ffff:(?=\d+\.)/, "");
  return plain === "localhost" || plain === "::1" || /^127(\.\d{1,3}){3}$/.test(plain);
}
