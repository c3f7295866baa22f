-- How long attempts of the type ran of late, on average, as a worker saw it: tasks of quick types travel together.
alter table task_type add column run_micros bigint;
