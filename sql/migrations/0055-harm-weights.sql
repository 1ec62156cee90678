-- What one report of a kind or category counts for, as the team took it from a publication that it names. Each saving is a
-- version, which nobody changes: a link to figures by version 3 gives the same figures whatever has been saved since.

create table harm_weights (
  version integer not null,
  name text not null,
  source text not null,
  weights jsonb not null,
  saved_at timestamptz not null default now(),
  saved_by text not null,
  constraint harm_weights_version_primary primary key (version),
  constraint harm_weights_version_positive check (version >= 1),
  constraint harm_weights_name_form check (
    name = btrim(name) and length(name) between 1 and 80 and name !~ '[[:cntrl:]]'
  ),
  constraint harm_weights_source_form check (
    source = btrim(source) and length(source) between 1 and 300 and source !~ '[[:cntrl:]]'
    and source ~ '(19|20)[0-9]{2}'
  ),
  constraint harm_weights_weights_known check (
    jsonb_typeof(weights) = 'object' and weights <> '{}'
    and weights - array[
      'complaint', 'sighting', 'kerb_crawling', 'street_sex_work', 'asb', 'litter_needles', 'traffic', 'other'
    ] = '{}'
  ),
  constraint harm_weights_weights_positive check (
    not jsonb_path_exists(weights, 'strict $.* ? (@.type() != "number" || @ <= 0 || @ > 1000000)')
  )
);
comment on table harm_weights is
  'Harm weights by version, with the publication that they were read in. The newest is the one in use. Rows are added and never changed.';
comment on column harm_weights.source is 'The publication, its year and where to find it.';
comment on column harm_weights.weights is
  'By kind or category what one report counts for, above 0; a category goes before a kind, and what is not named has no weight.';

select fence('harm_weights');
select allow('harm_weights', 'select', '{sergeant,analyst,operator}');
select allow('harm_weights', 'insert', '{analyst,operator}');
