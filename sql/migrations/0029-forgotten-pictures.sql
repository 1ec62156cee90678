-- The hash of a picture goes when the sessions that it showed go: who runs the server could find its hexagons again by trying.
grant update (digest) on shown_picture to boxster_keeper;
comment on column shown_picture.digest is
  'SHA-256 of the cells, so that a picture is kept once; something by chance once sessions of that day are erased.';
