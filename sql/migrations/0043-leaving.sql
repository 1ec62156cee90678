-- A partner that asks to leave is erased a day later, not at once: one person alone must not erase its protection
-- (SAFEGUARDS 13). Until then everything stays closed, and anybody of it can take it back.

create table leaving (
  partner_id bigint not null,
  asked_by text not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  constraint leaving_partner_id_primary primary key (partner_id),
  constraint leaving_partner_id_fkey foreign key (partner_id) references partner (id) on delete cascade,
  constraint leaving_due_at_a_day_later check (due_at >= asked_at + interval '24 hours')
);
comment on table leaving is
  'Partners that somebody of theirs asked to erase, from when on. By the real clock, in the demonstration too.';

-- Whatever asks for it: nobody leaves before a day has passed.
create function refuse_early_leaving() returns trigger language plpgsql as $$
begin
  if not exists (
    select from leaving where partner_id = new.id and due_at <= clock_timestamp()
  ) then
    raise exception 'a partner leaves a day after it was asked'
      using errcode = '23514', constraint = 'partner_leaves_a_day_later', table = 'partner';
  end if;
  return new;
end
$$;
create trigger partner_leaves_a_day_later before update of left_at on partner
  for each row when (old.left_at is null and new.left_at is not null)
  execute function refuse_early_leaving();

create trigger leaving_announced after insert or delete on leaving
  for each row execute function announce_partner();

select fence('leaving');
select allow('leaving', verb, '{partner}', 'partner_id = (select own_partner())')
from unnest(array['select', 'insert', 'delete']) as verbs (verb);
select allow('leaving', verb, '{keeper}') from unnest(array['select', 'delete']) as verbs (verb);
select allow('leaving', 'select', '{system}');
grant select (code) on partner to boxster_system;
