-- The map: boundaries, borders, roads, names, place factors, and gazetteers. None of it is about a person or an event.

create table area (
  code text not null,
  name text not null constraint area_name_check check (name = btrim(name) and name <> ''),
  kind text not null,
  in_command boolean not null,
  shape geometry(MultiPolygon, 4326) not null constraint area_shape_check check (not st_isempty(shape)),
  constraint area_kind_name_key unique (kind, name),
  constraint area_in_command_check check (not in_command or kind = 'borough'),
  constraint area_kind_code_primary primary key (kind, code),
  constraint area_kind_check check (kind in ('borough', 'neighbour', 'ward', 'neighbourhood', 'lsoa', 'beat'))
);
create index area_shape on area using gist (shape);
comment on table area is 'Boroughs of the command, their neighbours, and the areas that public figures are given for.';
comment on column area.in_command is 'True for the boroughs whose cells make up the study set.';
-- The analyst imports boundaries too, which redraws the borders. The list of boroughs stays as it was set up.
select rights('area', $$
  sergeant, partner, coordinator, presenter, liaison, admin, auditor, keeper, publisher: select;
  analyst: select;
  analyst: insert, delete where kind in ('ward', 'lsoa', 'beat');
  analyst: update (shape) where kind in ('borough', 'neighbour');
  operator, system: select, insert, update, delete $$);

create table boundary_set (
  kind text not null constraint boundary_set_kind_primary primary key,
  person text not null,
  imported_at timestamptz not null default clock_timestamp(),
  file_name text not null constraint boundary_set_file_name_length check (length(file_name) between 1 and 200),
  file_sha256 text not null constraint boundary_set_file_sha256_hex check (file_sha256 ~ '^[0-9a-f]{64}$'),
  area_count integer not null,
  outside_count integer not null,
  repaired_count integer not null,
  constraint boundary_set_counts_not_negative check (area_count > 0 and outside_count >= 0 and repaired_count >= 0),
  constraint boundary_set_kind_known check (kind in ('borough', 'ward', 'lsoa', 'beat'))
);
comment on table boundary_set is 'Which file the areas of a kind came from: at most one set of a kind, replaced or removed as a whole.';
select rights('boundary_set', $$
  analyst, operator: select, insert, delete;
  system: select, delete $$);

create table edge_line (
  neighbour text not null constraint edge_line_neighbour_pkey primary key,
  line geometry(MultiLineString, 4326) not null constraint edge_line_line_check check (not st_isempty(line))
);
comment on table edge_line is 'The border of the command with one neighbour; of two boroughs inside it under both their names.';
select rights('edge_line', $$
  sergeant, partner, coordinator, presenter, liaison, admin, auditor, keeper, publisher: select;
  analyst: select, insert, delete;
  operator, system: select, insert, update, delete $$);

create table road (
  road_id integer generated always as identity constraint road_road_id_pkey primary key,
  name text not null,
  line geometry(LineString, 4326) not null
);
comment on table road is 'Main roads that are drawn and that cells are named after; one road can have several stretches.';
create table named_place (
  named_place_id integer generated always as identity constraint named_place_named_place_id_pkey primary key,
  kind text not null constraint named_place_kind_check check (kind in ('corner', 'street', 'station', 'neighbourhood')),
  name text not null constraint named_place_name_check check (name = btrim(name) and name <> ''),
  road text,
  at geometry(Point, 4326) not null,
  constraint named_place_road_check check ((kind = 'corner') = (road is not null))
);
comment on table named_place is 'Points that name a cell: the gazetteer, none of it about a person or an event.';
comment on column named_place.road is 'The main road that a corner lies on.';
select rights(name, $$
  sergeant, analyst, partner, coordinator, presenter, liaison, admin, auditor, keeper, publisher: select;
  operator, system: select, insert, update, delete $$) from unnest(array['road', 'named_place']) as same (name);

-- Streets and postcodes from a public gazetteer. They place rows that have no point, and name cells where they are
-- nearer than the built-in names. No street or postcode of an imported row is ever written here.
create table gazetteer (
  id integer generated always as identity constraint gazetteer_id_primary primary key,
  person text not null,
  imported_at timestamptz not null default now(),
  file_name text not null,
  format text not null constraint gazetteer_format_known check (format in ('os-open-names', 'police-uk-street')),
  content_sha256 text not null constraint gazetteer_content_sha256_hex check (content_sha256 ~ '^[0-9a-f]{64}$'),
  row_count integer not null,
  kept integer not null,
  outside integer not null,
  not_kept integer not null,
  constraint gazetteer_counts_not_negative check (kept > 0 and outside >= 0 and not_kept >= 0),
  constraint gazetteer_row_count_adds_up check (kept + outside + not_kept = row_count),
  constraint gazetteer_content_sha256_once unique (content_sha256)
);
comment on table gazetteer is 'One import of a gazetteer: who brought what, when, and how many of its rows lie here.';
comment on column gazetteer.content_sha256 is 'Over the names that were kept: the same names cannot come in twice.';
comment on column gazetteer.not_kept is 'Rows of other things than streets and postcodes, rows repeated, and rows without a place.';
select rights('gazetteer', $$
  analyst, operator: select, insert, delete;
  system: select (id, format) $$);

create table gazetteer_name (
  id bigint generated always as identity constraint gazetteer_name_id_primary primary key,
  gazetteer_id integer not null constraint gazetteer_name_gazetteer_id_fkey references gazetteer (id) on delete cascade,
  kind text not null constraint gazetteer_name_kind_known check (kind in ('street', 'postcode')),
  name text not null constraint gazetteer_name_name_trimmed check (name = btrim(name) and name <> ''),
  name_key text not null constraint gazetteer_name_name_key_present check (name_key <> ''),
  at geometry(Point, 4326) not null,
  cell bigint not null constraint gazetteer_name_cell_resolution check (((cell >> 52) & 15) = 10),
  reach_m integer constraint gazetteer_name_reach_m_not_negative check (reach_m >= 0),
  borough text,
  locality text,
  district text
);
create index gazetteer_name_gazetteer_id on gazetteer_name (gazetteer_id);
comment on table gazetteer_name is
  'A street or postcode with one point; a street may have several. No part of it names a person or an event.';
comment on column gazetteer_name.name_key is 'As it is compared: small letters, no signs, Road for Rd.';
comment on column gazetteer_name.reach_m is 'Half the diagonal of what has the name; a long street places nothing.';
comment on column gazetteer_name.borough is 'As the source says, else the borough that holds the point.';
-- A partner finds a place by its postcode. All postcodes go to the device, so that no single one is requested.
select rights('gazetteer_name', $$
  analyst, operator: select, insert;
  partner: select (id, kind, name, cell) where kind = 'postcode';
  system: select (id, kind, name, at, cell, reach_m) $$);

create table place_layer (
  id integer generated always as identity constraint place_layer_id_primary primary key,
  kind text not null constraint place_layer_kind_known check (kind in ('lighting', 'alley', 'stop', 'late_venue')),
  person text not null,
  imported_at timestamptz not null default clock_timestamp(),
  file_name text not null constraint place_layer_file_name_length check (length(file_name) between 1 and 200),
  file_sha256 text not null constraint place_layer_file_sha256_hex check (file_sha256 ~ '^[0-9a-f]{64}$'),
  licence text not null default '' constraint place_layer_licence_length check (length(licence) <= 200),
  feature_count integer not null,
  outside_count integer not null,
  constraint place_layer_kind_file_unique unique (kind, file_sha256),
  constraint place_layer_counts_not_negative check (feature_count > 0 and outside_count >= 0)
);
comment on table place_layer is 'One imported file of place factors: lamps, alleys, stops or venues that are open late.';
comment on column place_layer.licence is 'The line that its source asks for, shown on the map with it.';
select rights('place_layer', $$
  sergeant: select;
  analyst, operator: select, insert, delete $$);

create table place_feature (
  id integer generated always as identity constraint place_feature_id_primary primary key,
  layer_id integer not null constraint place_feature_layer_id_fkey references place_layer (id) on delete cascade,
  label text constraint place_feature_label_short check (length(label) between 1 and 60),
  shape geometry(Geometry, 4326) not null,
  constraint place_feature_shape_plain check (
    geometrytype(shape) in ('POINT', 'MULTIPOINT', 'LINESTRING', 'MULTILINESTRING', 'POLYGON', 'MULTIPOLYGON')
    and not st_isempty(shape)
  )
);
create index place_feature_layer_id on place_feature (layer_id);
comment on table place_feature is
  'A lamp, an alley, a stop or a venue: where it is and at most the short name of the place, nothing else.';
select rights('place_feature', $$
  sergeant: select;
  analyst, operator: select, insert $$);
