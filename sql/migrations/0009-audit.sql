-- Who did what, for the logs that DPA 2018 s.62 asks for: append-only, and each row holds the hash of
-- the one before, so that a row changed, left out or put between is found.

create table audit (
  id bigint not null,
  at timestamptz not null,
  person text not null,
  role text not null,
  partner text,
  verb text not null,
  act text not null,
  purpose text not null,
  outcome text not null,
  detail jsonb not null default '{}',
  previous bytea not null,
  hash bytea not null,
  constraint audit_id_primary primary key (id),
  constraint audit_hash_unique unique (hash),
  constraint audit_previous_unique unique (previous),
  constraint audit_verb_known check (
    verb in ('collection', 'alteration', 'consultation', 'disclosure', 'combination', 'erasure')
  ),
  constraint audit_purpose_known check (
    purpose in (
      'problem_solving', 'patrol_planning', 'safeguarding', 'assessment', 'public_information',
      'records', 'administration', 'oversight'
    )
  ),
  constraint audit_outcome_known check (outcome in ('done', 'refused')),
  constraint audit_person_present check (length(person) between 1 and 200),
  constraint audit_act_present check (length(act) between 1 and 200),
  constraint audit_detail_object check (jsonb_typeof(detail) = 'object'),
  constraint audit_hash_length check (length(hash) = 32 and length(previous) = 32)
);
create index audit_person_id on audit (person, id);
comment on table audit is
  'The audit chain: who did which of the six acts of DPA 2018 s.62, when, for what purpose; never what was read or written.';
comment on column audit.at is 'The real clock, in the demonstration too.';
comment on column audit.detail is 'Which period, batch, plan or kind it was about; numbers and dates, never content.';
comment on column audit.previous is 'Hash of the row before; 32 zero octets before the first.';
comment on column audit.hash is
  'SHA-256 of previous and of the row as a JSON array (audit_text); server/audit/verify.ts works it out by itself.';

create function audit_text(entry audit) returns text language sql stable as $$
  select json_build_array(
    entry.id::text,
    to_char(entry.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    entry.person, entry.role, entry.partner, entry.verb, entry.act, entry.purpose,
    entry.outcome, entry.detail::text
  )::text
$$;
comment on function audit_text(audit) is 'What the hash of a row covers beside the hash before it.';

-- One at a time, from here to the end of the transaction: two rows must not follow the same one.
create function chain_audit() returns trigger language plpgsql as $$
declare
  last_id bigint;
  last_hash bytea;
begin
  -- A restore brings rows as they were, and verifies the chain afterwards.
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7320);
  select audit.id, audit.hash into last_id, last_hash from audit order by audit.id desc limit 1;
  new.id := coalesce(last_id, 0) + 1;
  new.at := clock_timestamp();
  new.previous := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  new.hash := sha256(new.previous || convert_to(audit_text(new), 'UTF8'));
  return new;
end
$$;
create trigger audit_chained before insert on audit
  for each row execute function chain_audit();

create function refuse_audit_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit chain is append-only'
    using errcode = '42501', constraint = 'audit_append_only', table = 'audit';
end
$$;
create trigger audit_append_only before update or delete or truncate on audit
  for each statement execute function refuse_audit_change();

-- How often a partner's footprints were seen: by day and role, under a name that says nothing.
create table footprint_viewer (
  partner_id bigint not null,
  person text not null,
  alias uuid not null default gen_random_uuid(),
  constraint footprint_viewer_person_primary primary key (partner_id, person),
  constraint footprint_viewer_alias_unique unique (alias),
  constraint footprint_viewer_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade
);
comment on table footprint_viewer is
  'The opaque name of a viewer, another for each partner, so that partners cannot compare.';

create table footprint_view (
  partner_id bigint not null,
  day date not null,
  role text not null,
  alias uuid not null,
  times integer not null default 1,
  constraint footprint_view_alias_primary primary key (partner_id, day, alias, role),
  constraint footprint_view_times_positive check (times > 0),
  constraint footprint_view_partner_id_fkey foreign key (partner_id)
    references partner (id) on delete cascade
);
comment on table footprint_view is
  'How often the footprints of a partner were shown or planned around on a London day, by role.';

select fence(name) from unnest(array['audit', 'footprint_viewer', 'footprint_view']) as made (name);

select allow('audit', verb, '{clerk}') from unnest(array['select', 'insert']) as verbs (verb);
select allow('audit', 'select', '{auditor,operator}');
-- The command line and the tool itself may go by the name of a person.
select allow('audit', 'select', '{sergeant,analyst,partner,coordinator,presenter,liaison,admin}',
  'person = (select acting_person()) and role not in (''operator'', ''system'')');
select allow('footprint_viewer', verb, '{keeper}')
from unnest(array['select', 'insert']) as verbs (verb);
select allow('footprint_view', verb, '{keeper}')
from unnest(array['select', 'insert', 'update']) as verbs (verb);
select allow('footprint_view', 'select', '{partner}', 'partner_id = (select own_partner())');
