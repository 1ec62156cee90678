-- A month in which most rows of the files had no place is unknown, and not one in which little happened.
alter table batch add column months jsonb not null default '[]';
comment on column batch.months is
  'Rows of the file by kind and local month, and how many had no place; empty where nobody counted.';

grant select (months) on batch to boxster_sergeant, boxster_publisher, boxster_system;
