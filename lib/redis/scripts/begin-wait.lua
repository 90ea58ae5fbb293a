#!lua flags=allow-oom
-- Shows what a coordinator waits for. Called when a wait has lasted 250 ms: most never come here.
-- KEYS: 1 coordinator, 2 events, 3 deadlines
-- ARGV: 1 prefix, 2 actor, 3 id, 4 epoch, 5 instance, 6 wait id, 7 kind, 8 JSON array of whom it waits
--       for, 9 signal id, 10 consensus key ('' if none), 11 how long it has waited, ms, 12 how long it
--       still will, ms
-- Answers: OK | FULL (it shows as many as it may; the wait goes on all the same) | LOST | FENCED, …
-- Events: coordinator.blocked
--- @include "includes/fence"
--- @include "includes/deadline"
local MAX_SHOWN = 1000
-- The waiter itself ends its wait in time; only of one that is gone is it found here.
local LOST_AFTER = 2000
local id, wait_id = ARGV[3], ARGV[6]
local refused = fence(id, ARGV[4], ARGV[5], 'wait')
if refused then return refused end
local field = 'w:' .. wait_id
if redis.call('HEXISTS', KEYS[1], field) == 1 then return { 'OK' } end
if redis.call('HLEN', KEYS[1]) >= MAX_SHOWN + 40 then return { 'FULL' } end

local until_at = NOW + math.min(tonumber(ARGV[12]), 315360000000)
local wait = '{"waitId":' .. cjson.encode(wait_id) .. ',"kind":' .. cjson.encode(ARGV[7])
  .. ',"on":' .. ARGV[8]
  .. (ARGV[9] ~= '' and ',"signalId":' .. cjson.encode(ARGV[9]) or '')
  .. (ARGV[10] ~= '' and ',"consensus":' .. cjson.encode(ARGV[10]) or '')
  .. ',"since":' .. int(NOW - tonumber(ARGV[11])) .. ',"until":' .. int(until_at) .. '}'
local ev = emit('coordinator.blocked', 'coordinator:' .. id, '{"wait":' .. wait .. '}')
redis.call('HSET', KEYS[1], field, wait, 'ev', ev)
due('wait', id .. ':' .. wait_id, until_at + LOST_AFTER)
return { 'OK' }
