/**
 * The cookie that a page writes as its person leaves. The page cannot take the session's own cookie away (no script reads
 * that), and where there is no signal the server cannot either: until it has heard, whatever comes with this mark comes
 * from nobody. It says nothing, and lies in the same jar as the session: a browser that keeps the one keeps the other.
 */
export const leftMark = "left";
/** Over TLS: no other host of the same domain can write it. */
export const secureLeftMark = "__Host-left";
