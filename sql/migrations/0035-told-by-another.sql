-- That a neighbour's outreach was told first is said by another person than the one who handed the alert over, once and
-- under the own name. Until then no liaison reads the row (0031).

drop policy handover_update_sergeant on handover;
drop policy handover_update_analyst on handover;

create policy handover_update_sergeant on handover for update to boxster_sergeant
  using (
    (select acting_person()) is not null
    and told_outreach_at is null and handed_by <> (select acting_person())
  )
  with check (told_outreach_by = (select acting_person()) and told_outreach_at is not null);
create policy handover_update_analyst on handover for update to boxster_analyst
  using (
    (select acting_person()) is not null
    and told_outreach_at is null and handed_by <> (select acting_person())
  )
  with check (told_outreach_by = (select acting_person()) and told_outreach_at is not null);

-- Open screens of Neighbours learn of what was entered, given, handed over and told. Theirs learn of nothing: a word at the
-- moment of a handover would be heard before their outreach was told.
create trigger neighbour_agreement_announced after insert on neighbour_agreement
  for each statement execute function announce();
create trigger neighbour_total_announced after insert on neighbour_total
  for each statement execute function announce();
create trigger handover_announced after insert or update on handover
  for each statement execute function announce();

comment on column handover.told_outreach_by is
  'Who said so: never the person of handed_by. What was handed over and told by one person before this was asked stands.';
