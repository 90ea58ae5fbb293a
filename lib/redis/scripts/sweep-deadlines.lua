#!lua flags=allow-oom
-- Claims what is due, at most a batch of it: silence that became staleness or death, signals, consensus,
-- replacements that did not come, waits whose waiter is gone, records kept long enough. Judges first
-- whether there was an outage, and then lets nobody die of it.
-- KEYS: 1 deadlines, 2 events, 3 beats, 4 monitor, 5 settings
-- ARGV: 1 prefix, 2 actor, 3 monitor id, 4 its interval ms, 5 clean up the dead ('1'), 6 most in one
--       run, 7 Redis' time at its own last sweep, 8 how long ago that is by its own clock, ms ('' at
--       its first)
-- Answers: OK, Redis' time, more ('1'), until when nobody dies ('0'), how many were due,
--          and a line for each record that could not be read | SCHEMA, found
-- Events: coordinator.stale, timed_out, failed, unblocked, forgotten; signal.expired;
--         consensus.decided, expired; monitor.grace_started, grace_ended
--- @include "includes/schema"
--- @include "includes/sweep-one"
--- @include "includes/prune-index"
local refused = check_schema()
if refused then return refused end

local monitor_id, batch = ARGV[3], tonumber(ARGV[6])
local grace = judge_gap(monitor_id, tonumber(ARGV[4]), ARGV[7], ARGV[8])
local s = { monitor_id = monitor_id, cleanup = ARGV[5] == '1', grace = grace }

local LATER = 60000
local problems = {}
local members = redis.call('ZRANGEBYSCORE', K_DEADLINES, '-inf', int(NOW), 'LIMIT', 0, batch)
for _, member in ipairs(members) do
  local kind, id = string.match(member, '^(%l+):(.+)$')
  local handle = kind and sweep_one[kind]
  if handle then
    local ok, problem = pcall(handle, id, s)
    if not ok then
      -- A damaged record must not hold up everybody else's deadlines: it is looked at again later.
      redis.call('ZADD', K_DEADLINES, int(NOW + LATER), member)
      problems[#problems + 1] = member .. ': ' .. tostring(type(problem) == 'table' and problem.err or problem)
    end
  else
    redis.call('ZREM', K_DEADLINES, member)
  end
end
prune_index(K_SIGNALS, k_record, 'signalCursor')
prune_index(K_CONSENSUS, k_consensus, 'consensusCursor')
return { 'OK', int(NOW), #members == batch and '1' or '', int(grace.until_at), int(#members), unpack(problems) }
