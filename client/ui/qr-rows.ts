import { encodeQR } from "qr";

/** Empty squares around it: the least with which every scanner finds its edge (ISO/IEC 18004). */
const border = 4;

/** A text as rows of squares, dark where true; level M, of which a seventh may be dirty or hidden. */
export function qrRows(text: string): readonly (readonly boolean[])[] {
  return encodeQR(text, "raw", { ecc: "medium", border });
}
