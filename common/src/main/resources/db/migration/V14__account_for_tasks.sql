-- Whether every task that was accepted is open or finished, and nothing else is. task_input, written with the
-- acceptance and never changed, says what was accepted; task and finished_task, between which a task moves, say what
-- became of it. They are compared over and over again, a slice of ids at a time. One row.
create table accounting (
  one              boolean     not null primary key default true check (one),
  -- The round under way: tasks with ids up to this one have been compared, and there were as many.
  through          uuid        not null default '00000000-0000-0000-0000-000000000000',
  started_at       timestamptz not null default now(),
  -- Nobody compares before.
  next_at          timestamptz not null default now(),
  accepted         bigint      not null default 0,
  open             bigint      not null default 0,
  finished         bigint      not null default 0,
  -- The last round that was completed; this migration, as long as none was.
  last_started_at  timestamptz not null default now(),
  last_ended_at    timestamptz not null default now(),
  last_accepted    bigint      not null default 0,
  last_open        bigint      not null default 0,
  last_finished    bigint      not null default 0
) with (fillfactor = 50);
insert into accounting default values;

-- Tasks that did not add up: doubtful until they are looked at once more, then confirmed or gone from here.
create table unaccounted_task (
  id           uuid        not null primary key,
  found_at     timestamptz not null default clock_timestamp(),
  confirmed_at timestamptz,
  -- What was found when it was confirmed.
  accepted     boolean,
  open         integer,
  finished     integer
);
