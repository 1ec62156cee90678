-- What is done once an edge's evidence of a rise is full (DEFINITIONS, Stop rule), written down before anybody looks and
-- held by two people (SAFEGUARDS 11).

create table stop_rule (
  id integer generated always as identity constraint stop_rule_id_primary primary key,
  operation_id integer not null constraint stop_rule_operation_id_fkey references operation (operation_id) on delete cascade,
  choices text[] not null,
  acts text not null constraint stop_rule_acts_known check (acts in ('sergeant', 'analyst', 'presenter', 'admin')),
  within_days smallint not null constraint stop_rule_within_days_range check (within_days between 1 and 28),
  reason text constraint stop_rule_reason_length check (reason = btrim(reason) and length(reason) between 1 and 300),
  asked_on date not null,
  asked_by text not null default acting_person(),
  asked_at timestamptz not null default clock_timestamp(),
  confirmed_on date, confirmed_by text,
  constraint stop_rule_choices_known check (
    cardinality(choices) between 1 and 4
    and choices <@ array['pause', 'hours', 'area', 'neighbour', 'partners']
  ),
  constraint stop_rule_confirmed_by_present check ((confirmed_by is null) = (confirmed_on is null)),
  constraint stop_rule_confirmed_by_another check (confirmed_by <> asked_by),
  constraint stop_rule_confirmed_on_order check (confirmed_on >= asked_on)
);
create unique index stop_rule_one_waits on stop_rule (operation_id) where confirmed_on is null;
create index stop_rule_operation_id on stop_rule (operation_id, id);
comment on table stop_rule is
  'What is done once reports have risen at an edge of an operation: asked by one, in force once another has confirmed it. The last confirmed one holds; none is changed.';
comment on column stop_rule.acts is 'The role that acts, within so many days.';
comment on column stop_rule.reason is 'Why it was set after the first look, or in place of another; null where it is the first and was confirmed in time.';
comment on column stop_rule.asked_on is 'By the as-at date, which in a demonstration is not that of the clock.';

create table stop_answer (
  rule_id integer not null constraint stop_answer_rule_id_fkey references stop_rule (id) on delete cascade,
  operation_id integer not null,
  neighbour text not null constraint stop_answer_neighbour_length check (length(neighbour) between 1 and 100),
  as_agreed boolean not null,
  words text constraint stop_answer_words_length check (words = btrim(words) and length(words) between 1 and 300),
  answered_on date not null,
  answered_by text not null default acting_person(),
  answered_at timestamptz not null default clock_timestamp(),
  constraint stop_answer_neighbour_once primary key (operation_id, neighbour),
  constraint stop_answer_words_otherwise check (as_agreed or words is not null)
);
create index stop_answer_rule_id on stop_answer (rule_id);
comment on table stop_answer is 'What was done about a rise at an edge, recorded once: as agreed beforehand, or what else and why.';

do $$
declare
  lookers constant text[] := array['sergeant', 'analyst'];
begin
  perform fence('stop_rule');
  perform fence('stop_answer');
  perform allow('stop_rule', 'select', lookers || array['operator', 'publisher']);
  perform allow('stop_rule', 'insert', lookers, columns => 'operation_id, choices, acts, within_days, reason, asked_on');
  perform allow('stop_rule', 'update', lookers, columns => 'confirmed_on, confirmed_by');
  perform allow('stop_rule', 'delete', lookers, 'confirmed_on is null');
  perform allow('stop_answer', 'select', lookers || array['operator']);
  -- A demonstration has a date of its own: whoever asks or confirms has to know whether this is one.
  drop policy setting_select_sergeant on setting;
  drop policy setting_select_analyst on setting;
  perform allow('setting', 'select', lookers, 'key in (''forecast-choice'', ''demo'')');
  perform allow('stop_answer', 'insert', lookers, columns => 'rule_id, operation_id, neighbour, as_agreed, words, answered_on');
end
$$;

-- The first look is at the end of the first whole week.
create function guard_stop_rule() returns trigger language plpgsql as $$
declare
  said date;
  first_look date;
  is_first boolean;
begin
  -- A restore brings rows as they were.
  if current_user = 'boxster_copier' then
    return new;
  end if;
  if tg_op = 'INSERT' then
    if new.confirmed_on is not null then
      raise exception 'a rule is confirmed by another person'
        using errcode = '23514', constraint = 'stop_rule_confirmed_by_another', table = 'stop_rule';
    end if;
    new.asked_by := acting_person();
    said := new.asked_on;
  else
    if old.confirmed_on is not null
      or (to_jsonb(old) - 'confirmed_on' - 'confirmed_by') <> (to_jsonb(new) - 'confirmed_on' - 'confirmed_by')
    then
      raise exception 'what was agreed stays; another rule takes its place, with a reason and two people'
        using errcode = '23514', constraint = 'stop_rule_stays', table = 'stop_rule';
    end if;
    new.confirmed_by := acting_person();
    said := new.confirmed_on;
  end if;
  if not is_demonstration() and abs(said - clock_timestamp()::date) > 1 then
    raise exception 'a rule is dated by the day on which it is said'
      using errcode = '23514', constraint = 'stop_rule_dated_today', table = 'stop_rule';
  end if;
  first_look := (select operation.starts_on + 7 from operation where operation.operation_id = new.operation_id);
  is_first := not exists (
    select from stop_rule as earlier
    where earlier.operation_id = new.operation_id and earlier.confirmed_on is not null and earlier.id <> new.id
  );
  if new.reason is null and (said >= first_look or not is_first) then
    raise exception 'after the first look, or in place of another, a rule needs a reason'
      using errcode = '23514', constraint = 'stop_rule_reason_given', table = 'stop_rule';
  end if;
  return new;
end
$$;
comment on function guard_stop_rule() is 'Who asks and who confirms is who acts; what is agreed stays; late or instead of another only with a reason.';
create trigger stop_rule_guarded before insert or update on stop_rule for each row execute function guard_stop_rule();

-- With its operation an agreed rule would go unseen, and be set again after a look.
create function keep_stop_rule() returns trigger language plpgsql as $$
begin
  if exists (select from stop_rule where operation_id = old.operation_id and confirmed_on is not null) then
    raise exception 'a stop rule of this operation was agreed'
      using errcode = 'foreign_key_violation', constraint = 'stop_rule_operation_id_fkey', table = 'stop_rule';
  end if;
  return old;
end
$$;
create trigger operation_stop_rule_kept before delete on operation for each row execute function keep_stop_rule();

-- An answer is to the rule that holds.
create function guard_stop_answer() returns trigger language plpgsql as $$
begin
  if current_user = 'boxster_copier' then
    return new;
  end if;
  new.answered_by := acting_person();
  if new.rule_id is distinct from (
    select max(stop_rule.id) from stop_rule
    where stop_rule.operation_id = new.operation_id and stop_rule.confirmed_on is not null
  ) then
    raise exception 'an answer is to the rule that holds'
      using errcode = '23514', constraint = 'stop_answer_rule_holds', table = 'stop_answer';
  end if;
  return new;
end
$$;
create trigger stop_answer_guarded before insert on stop_answer for each row execute function guard_stop_answer();

-- Whoever has Displacement open reads them again as for any change of an operation.
create trigger stop_rule_announced after insert or update or delete on stop_rule
  for each statement execute function announce();
create trigger stop_answer_announced after insert on stop_answer
  for each statement execute function announce();
