-- Which numbers of plans are on paper or in files. A late session takes the number of a sheet that left away from its
-- plan, once: a new number for each session in the way would count the sessions, and the partners who are out.
create table sheet_issue (
  plan_id bigint not null,
  revision integer not null,
  constraint sheet_issue_plan_revision_primary primary key (plan_id, revision),
  constraint sheet_issue_plan_id_fkey foreign key (plan_id) references patrol_plan (id) on delete cascade
);
comment on table sheet_issue is 'Numbers of plans that left on paper or in a file, which cannot be recalled.';

-- What was approved before may have been printed.
insert into sheet_issue (plan_id, revision) select id, revision from patrol_plan where status = 'agreed';

select fence('sheet_issue');
select allow('sheet_issue', verb, '{sergeant,operator}')
from unnest(array['select', 'insert']) as verbs (verb);
select allow('sheet_issue', 'select', '{keeper}');
