-- Names of streets and postcodes that came in from a public gazetteer: what rows without a point are placed
-- by, and what names cells where it is nearer than what every clone carries. Nothing of it is about a
-- person or an event, and no street or postcode of a row is ever written here or anywhere.

create table gazetteer (
  id integer generated always as identity,
  person text not null,
  imported_at timestamptz not null default now(),
  file_name text not null,
  format text not null,
  content_sha256 text not null,
  row_count integer not null,
  kept integer not null,
  outside integer not null,
  not_kept integer not null,
  constraint gazetteer_id_primary primary key (id),
  constraint gazetteer_format_known check (format in ('os-open-names', 'police-uk-street')),
  constraint gazetteer_content_sha256_hex check (content_sha256 ~ '^[0-9a-f]{64}$'),
  constraint gazetteer_content_sha256_once unique (content_sha256),
  constraint gazetteer_counts_not_negative check (kept > 0 and outside >= 0 and not_kept >= 0),
  constraint gazetteer_row_count_adds_up check (kept + outside + not_kept = row_count)
);
comment on table gazetteer is
  'One import of a gazetteer: who brought what, when, and how many of its rows lie here.';
comment on column gazetteer.content_sha256 is
  'Over the names that were kept: the same names cannot come in twice.';
comment on column gazetteer.not_kept is
  'Rows of other things than streets and postcodes, rows repeated, and rows without a place.';

create table gazetteer_name (
  id bigint generated always as identity,
  gazetteer_id integer not null,
  kind text not null,
  name text not null,
  name_key text not null,
  at geometry(Point, 4326) not null,
  cell bigint not null,
  reach_m integer null,
  borough text null,
  locality text null,
  district text null,
  constraint gazetteer_name_id_primary primary key (id),
  constraint gazetteer_name_gazetteer_id_fkey foreign key (gazetteer_id)
    references gazetteer (id) on delete cascade,
  constraint gazetteer_name_kind_known check (kind in ('street', 'postcode')),
  constraint gazetteer_name_name_trimmed check (name = btrim(name) and name <> ''),
  constraint gazetteer_name_name_key_present check (name_key <> ''),
  constraint gazetteer_name_cell_resolution check (((cell >> 52) & 15) = 10),
  constraint gazetteer_name_reach_m_not_negative check (reach_m >= 0)
);
create index gazetteer_name_gazetteer_id on gazetteer_name (gazetteer_id);
comment on table gazetteer_name is
  'A street or postcode with one point; a street may have several. No part of it names a person or an event.';
comment on column gazetteer_name.name_key is
  'As it is compared: small letters, no signs, Road for Rd.';
comment on column gazetteer_name.reach_m is
  'Half the diagonal of what has the name; a long street places nothing.';
comment on column gazetteer_name.borough is
  'As the source says, else the borough that holds the point.';

alter table event add column placed_by text not null default 'point';
alter table event add constraint event_placed_by_known
  check (placed_by in ('point', 'grid_100m', 'postcode', 'street', 'street_in_borough'));
comment on column event.placed_by is
  'How its cell was found: from a point, or from a square, a postcode or a street name that is less exact.';

select fence(name) from unnest(array['gazetteer', 'gazetteer_name']) as made (name);

-- The analyst brings it in and takes it away; the tool itself reads it to name cells.
select allow(name, verb, '{analyst,operator}')
from unnest(array['gazetteer', 'gazetteer_name']) as made (name),
  unnest(array['select', 'insert']) as verbs (verb);
select allow('gazetteer', 'delete', '{analyst,operator}');
select allow('gazetteer', 'select', '{system}', 'true', 'id, format');
select allow('gazetteer_name', 'select', '{system}', 'true', 'id, kind, name, at, cell, reach_m');
