import "#client/ui/picture/print-picture.css";

/** Prints a picture alone, on one page turned as it is. The print is logged as every print. */
export async function printPicture(png: Blob): Promise<void> {
  const image = new Image();
  image.src = URL.createObjectURL(png);
  image.alt = "";
  await image.decode();
  const turn = image.naturalWidth > image.naturalHeight ? "landscape" : "portrait";
  image.className = `picture-paper picture-paper--${turn}`;
  document.body.append(image);
  const done = () => {
    image.remove();
    URL.revokeObjectURL(image.src);
  };
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}
