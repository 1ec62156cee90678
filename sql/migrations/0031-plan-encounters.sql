-- How much a plan goes by the people whom its patrols would meet, kept under "encounters" of its options: a weight and,
-- in percent of the same plan without it, what it covers and whom it meets. Plans from before have none: no weight.

alter table patrol_plan add constraint patrol_plan_encounters_known check (
  options -> 'encounters' is null
  or coalesce(options #>> '{encounters,weight}' in ('some', 'strong') and jsonb_typeof(options #> '{encounters,places}') = 'array', false)
);

-- What was weighed stays as it was approved, whoever changes the plan (SAFEGUARDS 18).
create function keep_plan_encounters() returns trigger language plpgsql as $$
begin
  if current_user <> 'boxster_copier' and old.agreed_at is not null
    and old.options -> 'encounters' is distinct from new.options -> 'encounters' then
    raise exception 'the weight of encounters of an approved plan stays'
      using errcode = '23514', constraint = 'patrol_plan_encounters_kept', table = 'patrol_plan';
  end if;
  return new;
end
$$;
create trigger patrol_plan_encounters_kept before update on patrol_plan
  for each row execute function keep_plan_encounters();
