-- More of what is counted; null where none was.
alter table usage
    add column cache_write bigint check (cache_write > 0),
    add column reasoning bigint check (reasoning > 0),
    add column requests bigint check (requests > 0),
    add column images bigint check (images > 0),
    add column seconds bigint check (seconds > 0),
    -- The tier of its price that the call's own prompt has reached.
    add column from_prompt bigint check (from_prompt > 0),
    -- The fund that has paid instead of the wallet, and how much of it, in the fund's own unit.
    add column fund text collate "C",
    add column drawn bigint check (drawn >= 0),
    add check ((fund is null) = (drawn is null));
