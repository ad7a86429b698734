-- A key may be one of several of a project, which has limits of its own.
alter table api_key add column project text check (length(project) between 1 and 80);
-- Where a customer's days and months begin; null: where the team's do.
alter table organisation add column zone text check (length(zone) between 1 and 64);
