import { encodeQR } from "qr";

/** Quiet zone in modules, the minimum of ISO/IEC 18004. */
const border = 4;

/** Rows of modules, true is dark; error correction level M (15%). */
export function qrRows(text: string): readonly (readonly boolean[])[] {
  return encodeQR(text, "raw", { ecc: "medium", border });
}
