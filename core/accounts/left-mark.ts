/**
 * Cookie that a page writes on sign-out. Scripts cannot remove the session's own cookie, and
 * offline the server cannot either: until the server has heard, a request with this mark is
 * anonymous. It carries no information and lies in the same jar as the session cookie, so a browser
 * keeps both or neither.
 */
export const leftMark = "left";
/** Over TLS: no other host of the same domain can write it. */
export const secureLeftMark = "__Host-left";
