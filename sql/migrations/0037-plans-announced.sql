-- Open screens learn that place plans, actions, packs of the meeting and releases have changed (0023).

create trigger place_plan_announced after insert or update on place_plan
  for each statement execute function announce();
create trigger place_plan_figure_announced after insert or update on place_plan_figure
  for each statement execute function announce();
create trigger place_action_announced after insert or update on place_action
  for each statement execute function announce();
create trigger meeting_series_announced after insert on meeting_series
  for each statement execute function announce();
create trigger meeting_pack_announced after insert on meeting_pack
  for each statement execute function announce();

-- What a partner said, and with whom a plan is shared, is for the coordinator until it is passed on: before that police
-- hear of no moment at which somebody was there.
create trigger place_plan_comment_announced after insert or update or delete on place_plan_comment
  for each statement execute function announce();
create trigger place_plan_share_announced after insert or delete on place_plan_share
  for each statement execute function announce();
create function announce_place_plan() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster', 'place_plan');
  return null;
end
$$;
comment on function announce_place_plan() is 'Says that what police read of place plans has changed.';
create trigger place_plan_comment_passed_on after update of passed_on on place_plan_comment
  for each statement execute function announce_place_plan();

create trigger release_draft_announced after insert or update on release_draft
  for each statement execute function announce();
create trigger release_objection_announced after insert or update or delete on release_objection
  for each statement execute function announce();
create trigger release_announced after insert on release
  for each statement execute function announce();
create trigger release_withdrawal_announced after insert on release_withdrawal
  for each statement execute function announce();
