-- What grows lives in spans of time, which are dropped whole when their retention is over. The span of a row
-- follows from the id of its task, which begins with the time of submission: whoever knows an id reads one
-- partition. Spans to come are made ahead of time by the services.
--
-- The end of a task and the event that announces it are one fact and one row: finished_task tells the event,
-- too. The table event keeps what is announced while a task is open, and the ends of runs that were redriven.

alter table finished_task rename to old_finished_task;
alter table task_input rename to old_task_input;
alter table task_attempt rename to old_task_attempt;
alter table task_progress rename to old_task_progress;
alter table event rename to old_event;
alter index finished_task_pkey rename to old_finished_task_pkey;
alter index task_input_pkey rename to old_task_input_pkey;
alter index task_attempt_pkey rename to old_task_attempt_pkey;
alter index task_progress_pkey rename to old_task_progress_pkey;
alter index event_pkey rename to old_event_pkey;
alter index task_input_tags rename to old_task_input_tags;

create table finished_task (
  id             uuid        not null,
  submitted_at   timestamptz not null,
  ready_at       timestamptz not null,
  started_at     timestamptz,
  finished_at    timestamptz not null,
  deadline       timestamptz,
  worker         uuid,
  -- The event: its place among all, its id, and the process that committed it and has to announce it. Null
  -- where the event is a row of its own.
  event_sequence bigint,
  event_id       uuid,
  process        uuid,
  attempt        integer     not null,
  attempt_base   integer     not null,
  events         integer     not null,
  state          smallint    not null,
  priority       smallint    not null,
  max_attempts   smallint    not null,
  callback       boolean     not null,
  permanent      boolean     not null,
  tenant         text        not null,
  queue          text        not null,
  type           text        not null,
  reason         text,
  result         bytea,
  primary key (tenant, id)
) partition by range (id);

create index finished_task_event on finished_task (event_sequence) where event_sequence is not null;

create table task_input (like old_task_input, primary key (id)) partition by range (id);
create index task_input_tags on task_input using gin (tags) where tags is not null;

create table task_attempt (like old_task_attempt, primary key (task_id, attempt))
  partition by range (task_id);

create table task_progress (like old_task_progress, primary key (task_id))
  partition by range (task_id);

create table event (like old_event, primary key (task_id, number)) partition by range (task_id);
create index event_sequence_order on event (sequence);

-- What belongs to no span: tasks that outlive the span they were submitted in.
create table finished_task_other partition of finished_task default;
create table task_input_other partition of task_input default;
create table task_attempt_other partition of task_attempt default;
create table task_progress_other partition of task_progress default
  with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
create table event_other partition of event default;

-- The first span ends eight days from now. A span is named after the day, in UTC, before which it ends.
do
$$
declare
  ends  date := (now() at time zone 'UTC')::date + 8;
  bound uuid := delivery_bound(ends);
  name  text;
begin
  foreach name in array array['finished_task', 'task_input', 'task_attempt', 'task_progress', 'event'] loop
    execute format('create table %I partition of %I for values from (minvalue) to (%L) %s',
                   name || to_char(ends, '_YYYYMMDD'), name, bound,
                   case name when 'task_progress' then
                     'with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, '
                     'autovacuum_vacuum_threshold = 1000)' else '' end);
  end loop;
end
$$;

insert into finished_task (id, submitted_at, ready_at, started_at, finished_at, deadline, worker,
                           attempt, attempt_base, events, state, priority, max_attempts, callback,
                           permanent, tenant, queue, type, reason, result)
select id, submitted_at, ready_at, started_at, finished_at, deadline, worker, attempt, attempt_base,
       events, state, priority, max_attempts, callback, permanent, tenant, queue, type, reason, result
from old_finished_task;
insert into task_input select * from old_task_input;
insert into task_attempt select * from old_task_attempt;
insert into task_progress select * from old_task_progress;
insert into event select * from old_event;
drop table old_finished_task, old_task_input, old_task_attempt, old_task_progress, old_event;

-- All events, in the order of their commits by their sequence.
create view committed_event as
select sequence, id, task_id, process, at, number, attempt, kind, callback, tenant, queue, type, reason
from event
union all
select event_sequence, event_id, id, process, finished_at, events, attempt,
       (case state when 10 then 1 when 11 then 2 when 12 then 4 else 5 end)::smallint, callback, tenant,
       queue, type, reason
from finished_task where event_sequence is not null;

-- Up to which event some may have gone with their tasks. One row.
create table event_retention (
  dropped_through bigint not null
);
insert into event_retention values (0);

-- The rows of a page are claimed at about the same time, and all of them need room beside them for that
-- to be a HOT update.
alter table task set (fillfactor = 50);
