create extension if not exists postgis;
create extension if not exists btree_gist;

create table setting (
  key text not null,
  value jsonb not null,
  changed_at timestamptz not null default now(),
  constraint setting_key_key primary key (key)
);
comment on table setting is 'Facts about this database, such as whether it was born as a demonstration.';
