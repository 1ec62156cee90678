-- Two kinds of notice beside those of late sessions that police read (SAFEGUARDS 2, 5, 23; ADR 36).

alter table session_notice
  add column counts_at timestamptz,
  add constraint session_notice_counts_at_quiet check (counts_at is null or window_ids = '{}');
comment on column session_notice.counts_at is
  'Of a late session that changed nothing of what police and wardens are shown: they read no notice of it, and it counts as confirmed from then on, or as they next confirm. Null: they read it.';
-- A partner reads of its notices through the keeper: by this column it would learn that its hours were closed already.
drop policy session_notice_select_partner on session_notice;
revoke select on session_notice from boxster_partner;

create table lead_notice (
  id bigint generated always as identity constraint lead_notice_id_primary primary key,
  key uuid not null default gen_random_uuid() constraint lead_notice_key_unique unique,
  patrol_partner text not null constraint lead_notice_patrol_partner_fkey references patrol_partner (code),
  window_id bigint not null constraint lead_notice_window_id_fkey references patrol_window (id) on delete cascade,
  was_start timestamptz not null,
  was_end timestamptz not null,
  was_unit integer not null,
  told_at timestamptz not null,
  confirmed_at timestamptz, confirmed_by text,
  constraint lead_notice_confirmed_at_present check ((confirmed_at is null) = (confirmed_by is null))
);
create index lead_notice_patrol_partner on lead_notice (patrol_partner, confirmed_at);
comment on table lead_notice is
  'An approved patrol of a patrol partner that the sergeant changed or withdrew, as it was approved: its coordinator reads which, and confirms. Never written by a session.';
select fence('lead_notice');
select allow('lead_notice', verb, '{keeper}') from unnest(array['select', 'insert', 'update']) as verb;
create trigger lead_notice_announced after insert or update on lead_notice
  for each row execute function announce_patrol_partner();
