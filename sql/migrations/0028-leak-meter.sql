-- What pictures of protected time tell of a venue (SAFEGUARDS 5, the leak meter).
create table shown_picture (
  role text not null,
  digest text not null,
  first_shown date not null,
  last_shown date not null,
  cells text,
  told_m2 integer,
  allowed_m2 integer,
  constraint shown_picture_digest_primary primary key (role, digest),
  constraint shown_picture_last_shown_after_first check (last_shown >= first_shown),
  constraint shown_picture_cells_until_measured check ((cells is null) = (told_m2 is not null and allowed_m2 is not null)),
  constraint shown_picture_told_m2_range check (told_m2 >= 0 and allowed_m2 > 0)
);
create index shown_picture_unmeasured on shown_picture (digest) where cells is not null;
comment on table shown_picture is
  'All that sessions close at one moment, as a role was shown it: no time, no partner. How far it narrows a venue is measured within the hour.';
comment on column shown_picture.digest is 'SHA-256 of the cells, so that a picture is kept once.';
comment on column shown_picture.cells is 'H3 cells of resolution 10 with spaces between; null once it is measured.';
comment on column shown_picture.told_m2 is 'The smallest area that holds a venue with a probability of 95 %. 0: drawn by no rule that is known.';
comment on column shown_picture.allowed_m2 is 'Of one lattice cell there.';

do $$
begin
  perform fence('shown_picture');
  perform allow('shown_picture', 'select', '{keeper}');
  perform allow('shown_picture', 'insert', '{keeper}');
  perform allow('shown_picture', 'update', '{keeper}', columns => 'last_shown, cells, told_m2, allowed_m2');
  perform allow('shown_picture', 'select', '{system}', columns => 'last_shown');
  perform allow('shown_picture', 'delete', '{system}');
end
$$;
